package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.entry.EventStore.Stored;
import dev.onward.journey.instance.Instances;
import dev.onward.journey.instance.Instances.Admission;
import dev.onward.journey.instance.Instances.Arrival;
import dev.onward.journey.instance.Instances.Arrival.From;
import dev.onward.journey.instance.Instances.Begun;
import dev.onward.journey.instance.JourneyProperties;
import dev.onward.journey.mapping.RouteCatalogue;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import dev.onward.value.StrictJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** Tells which profiles an event brings into which journeys, and begins them. Blocking, thread-safe. */
@ApplicationScoped
class Entries {

    private static final Logger LOG = Logger.getLogger(Entries.class);

    private final RouteCatalogue routes;
    private final Instances instances;
    private final Clock clock;
    private final MeterRegistry meters;
    private final Map<Told, Counter> results = new ConcurrentHashMap<>();
    private final RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();

    /** What becomes of an event at a journey. */
    private enum Result {
        BEGUN("begun"),
        ALREADY_IN_JOURNEY("already-in-journey"),
        TOO_SOON("re-entered-too-soon"),
        NOT_ADMITTED("condition-false"),
        NO_PROFILE("no-profile-id"),
        FAULTY("expression-failed"),
        PAUSED("journey-paused"),
        /** No journey in force begins with it. */
        DISCARDED("discarded");

        private final String tag;

        Result(String tag) {
            this.tag = tag;
        }
    }

    /** @param journey empty for none */
    private record Told(String sandbox, String journey, Result result) {}

    Entries(RouteCatalogue routes, Instances instances, Clock clock, MeterRegistry meters) {
        this.routes = routes;
        this.instances = instances;
        this.clock = clock;
        this.meters = meters;
    }

    /**
     * Begins what events begin, in the transaction of the handle, which takes them.
     *
     * @return what to do after the commit
     */
    Runnable begin(Handle handle, List<Stored> events) throws SQLException {
        List<Told> what = new ArrayList<>();
        List<Arrival> arrivals = new ArrayList<>();
        for (Stored stored : events) {
            List<Known> begun = routes.begunBy(stored.sandbox(), stored.event().name());
            if (begun.isEmpty()) {
                what.add(new Told(stored.sandbox().name(), "", Result.DISCARDED));
            }
            for (Known known : begun) {
                arrival(known, stored, what).ifPresent(arrivals::add);
            }
        }
        Begun begun = instances.begin(handle, arrivals);
        for (int i = 0; i < arrivals.size(); i++) {
            what.add(told(arrivals.get(i).known(), result(begun.admissions().get(i))));
        }
        return () -> {
            begun.afterwards().run();
            what.forEach(told -> results.computeIfAbsent(told, this::counter).increment());
        };
    }

    private Optional<Arrival> arrival(Known known, Stored stored, List<Told> what) {
        if (known.state() == JourneyState.PAUSED) {
            what.add(told(known, Result.PAUSED));
            return Optional.empty();
        }
        JsonNode payload = StrictJson.readStored(stored.event().payload());
        JsonNode profile = StrictJson.readStored(stored.event().profile());
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        Scope scope = known.route().scope(payload, profile, nothing, JourneyProperties.of(known), clock.instant());
        try {
            if (!known.route().admits(scope, random)) {
                what.add(told(known, Result.NOT_ADMITTED));
                return Optional.empty();
            }
            Optional<String> profileId = known.route().profileId(stored.event().profileId(), scope, random);
            if (profileId.isEmpty()) {
                what.add(told(known, Result.NO_PROFILE));
            }
            return profileId.map(id -> new Arrival(
                    known, id, payload, profile, From.event(stored.event().id())));
        } catch (ExpressionException noValue) {
            LOG.debugf("an event at the journey %s: %s", known.journey().name(), noValue.getMessage());
            what.add(told(known, Result.FAULTY));
            return Optional.empty();
        }
    }

    private static Result result(Admission admission) {
        return switch (admission) {
            case BEGUN -> Result.BEGUN;
            case ALREADY_INSIDE -> Result.ALREADY_IN_JOURNEY;
            case TOO_SOON -> Result.TOO_SOON;
        };
    }

    private static Told told(Known known, Result result) {
        return new Told(known.journey().sandbox().name(), known.journey().name(), result);
    }

    private Counter counter(Told told) {
        return Counter.builder("onward.journey.arrivals")
                .description("What became of events at the journeys that they begin")
                .tags("sandbox", told.sandbox(), "journey", told.journey(), "result", told.result().tag)
                .register(meters);
    }
}
