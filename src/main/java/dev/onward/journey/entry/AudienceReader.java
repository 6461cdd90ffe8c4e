package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.database.Database;
import dev.onward.database.DatabaseFailure;
import dev.onward.dispatch.StepCalls;
import dev.onward.dispatch.run.Upkeep;
import dev.onward.dispatch.run.Upkeep.Chore;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.entry.AudienceRun.Counts;
import dev.onward.journey.entry.AudienceStore.Member;
import dev.onward.journey.instance.Instances;
import dev.onward.journey.instance.Instances.Admission;
import dev.onward.journey.instance.Instances.Arrival;
import dev.onward.journey.instance.Instances.Arrival.From;
import dev.onward.journey.instance.Instances.Begun;
import dev.onward.journey.instance.JourneyProperties;
import dev.onward.journey.mapping.RouteCatalogue;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import dev.onward.value.StrictJson;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/**
 * Lets the profiles of audiences come in at their rate: in the transaction that begins their ways they are taken off the
 * list, so that none comes in twice, whoever dies when. Beside any number of other processes. Thread-safe.
 */
@ApplicationScoped
class AudienceReader {

    private static final Logger LOG = Logger.getLogger(AudienceReader.class);
    private static final int BEGINS = 1_200;
    private static final int ENDS = 800;
    private static final int MOST = 500;
    private static final long NANOS = 1_000_000_000L;
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final Duration LOOK_AT_MOST = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(30);

    private final Database database;
    private final AudienceStore store;
    private final RouteCatalogue routes;
    private final Instances instances;
    private final StepCalls calls;
    private final Clock clock;
    private final RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
    private final Upkeep upkeep;
    private volatile boolean closing;

    AudienceReader(
            Database database,
            AudienceStore store,
            RouteCatalogue routes,
            Instances instances,
            StepCalls calls,
            Clock clock) {
        this.database = database;
        this.store = store;
        this.routes = routes;
        this.instances = instances;
        this.calls = calls;
        this.clock = clock;
        this.upkeep = new Upkeep(
                "onward-journey-audience",
                List.of(new Chore("let profiles of audiences in", LOOK, LOOK_AT_MOST, this::look)));
    }

    void begin(@Observes @Priority(BEGINS) StartupEvent start) {
        upkeep.begin();
    }

    void end(@Observes @Priority(ENDS) ShutdownEvent stop) {
        closing = true;
        upkeep.close();
    }

    /** Whether there is a run that goes on, due or not. */
    private boolean look() throws SQLException {
        return read() || store.isAnyRunning();
    }

    /** Whether any run was due. */
    private boolean read() throws SQLException {
        boolean any = false;
        boolean more = true;
        while (more && !closing) {
            more = next();
            any |= more;
        }
        return any;
    }

    /** Whether there was a run whose turn it is. One that cannot go on holds up no other. */
    private boolean next() throws SQLException {
        List<Runnable> afterwards = new ArrayList<>();
        List<AudienceRun> turn = new ArrayList<>();
        try {
            database.jdbi().useTransaction(handle -> {
                store.next(handle, clock.instant()).ifPresent(turn::add);
                for (AudienceRun run : turn) {
                    afterwards.add(read(handle, run));
                }
            });
        } catch (SQLException | RuntimeException failure) {
            if (turn.isEmpty() || DatabaseFailure.isUnavailable(failure)) {
                throw failure;
            }
            LOG.errorf(
                    failure,
                    "the run %s cannot go on, it is tried again in a moment",
                    turn.get(0).id());
            store.putOff(turn.get(0).id(), clock.instant().plus(AFTER_A_FAULT));
            return true;
        }
        afterwards.forEach(Runnable::run);
        return !turn.isEmpty();
    }

    /** Gives what to do after the commit. */
    private Runnable read(Handle handle, AudienceRun run) throws SQLException {
        Instant now = clock.instant();
        Optional<Known> known = routes.version(run.journey().id(), run.journey().version());
        JourneyState state = known.map(Known::state).orElse(JourneyState.STOPPED);
        if (state == JourneyState.PAUSED || !calls.hasRoom(run.sandbox())) {
            store.advance(handle, run.id(), Counts.NONE, now.plus(LATER));
            return () -> {};
        }
        List<Member> members = store.take(handle, run.id(), Math.min(MOST, Math.max(1, run.perSecond() / 10)));
        if (members.isEmpty()) {
            if (run.upload() == UploadState.UNDER_WAY) {
                store.advance(handle, run.id(), Counts.NONE, now.plus(LATER));
            } else {
                store.end(handle, run.id(), now);
            }
            return () -> {};
        }
        Instant next = now.plusNanos(members.size() * NANOS / run.perSecond());
        if (known.isEmpty() || state == JourneyState.STOPPED) {
            store.advance(handle, run.id(), new Counts(0, 0, 0, 0, members.size()), next);
            return () -> {};
        }
        List<Arrival> arrivals = members.stream()
                .flatMap(member -> arrival(known.get(), run, member).stream())
                .toList();
        Begun begun = instances.begin(handle, arrivals);
        store.advance(handle, run.id(), counts(begun, members.size() - arrivals.size()), next);
        return begun.afterwards();
    }

    private static Counts counts(Begun begun, int others) {
        return new Counts(
                0,
                Collections.frequency(begun.admissions(), Admission.BEGUN),
                Collections.frequency(begun.admissions(), Admission.ALREADY_INSIDE),
                Collections.frequency(begun.admissions(), Admission.TOO_SOON),
                others);
    }

    private Optional<Arrival> arrival(Known known, AudienceRun run, Member member) {
        JsonNode payload = StrictJson.readStored(member.payload());
        JsonNode profile = StrictJson.readStored(member.profile());
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        Scope scope = known.route().scope(payload, profile, nothing, JourneyProperties.of(known), clock.instant());
        try {
            return known.route().admits(scope, random)
                    ? Optional.of(new Arrival(known, member.profileId(), payload, profile, From.run(run.id())))
                    : Optional.empty();
        } catch (ExpressionException noValue) {
            return Optional.empty();
        }
    }
}
