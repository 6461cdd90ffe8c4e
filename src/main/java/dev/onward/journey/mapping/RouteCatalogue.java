package dev.onward.journey.mapping;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.onward.action.ActionCatalogue;
import dev.onward.action.Actions;
import dev.onward.database.ChangeFeed;
import dev.onward.database.ChangeListener;
import dev.onward.journey.consent.Governance;
import dev.onward.journey.definition.EventSamples;
import dev.onward.journey.definition.JourneyException;
import dev.onward.journey.definition.JourneyReader;
import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.definition.JourneyStore;
import dev.onward.journey.definition.StoredJourney;
import dev.onward.journey.mapping.ActionsAround.Candidates;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Issues;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * The compiled journeys that were used lately, in memory. A change made by this or another process shows within seconds.
 * Thread-safe; blocks when something is not in memory.
 */
@ApplicationScoped
public class RouteCatalogue {

    private static final Logger LOG = Logger.getLogger(RouteCatalogue.class);
    private static final int MOST = 10_000;

    /** A change that came while its journey was being read is seen after this at last. */
    private static final Duration LONGEST_MEMORY = Duration.ofSeconds(30);

    /** Any data may come: a journey that was published is not held to samples that changed since. */
    private static final EventSamples ANY = (sandbox, event) -> Optional.empty();

    private final JourneyStore store;
    private final Actions actions;
    private final EventSamples samples;
    private final ChangeFeed changes;
    private final LoadingCache<EventKey, List<Known>> begun = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(LONGEST_MEMORY)
            .build(this::load);
    private final LoadingCache<VersionKey, Optional<Known>> versions = Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterWrite(LONGEST_MEMORY)
            .build(this::load);

    RouteCatalogue(JourneyStore store, Actions actions, EventSamples samples, ChangeFeed changes) {
        this.store = store;
        this.actions = actions;
        this.samples = samples;
        this.changes = changes;
    }

    /** A version of a journey and its compiled form. */
    public record Known(StoredJourney journey, Route route) {

        /** Whether profiles may go on: neither paused nor stopped. */
        public JourneyState state() {
            return journey.state();
        }

        /** The same in another state. */
        public Known as(JourneyState state) {
            return state == state() ? this : new Known(journey.as(state), route);
        }
    }

    private record EventKey(Sandbox sandbox, String event) {}

    private record VersionKey(UUID journey, int version) {}

    /** The journeys in force that an event begins, paused ones included, by name. */
    public List<Known> begunBy(Sandbox sandbox, String event) {
        return begun.get(new EventKey(sandbox, event));
    }

    /** One version; empty when there is none, or when it does not fit its actions any more. */
    public Optional<Known> version(UUID journey, int version) {
        return versions.get(new VersionKey(journey, version));
    }

    /**
     * The latest version, as if it were live; not remembered.
     *
     * @throws JourneyException when there is no such journey
     * @throws dev.onward.value.InvalidException with everything that keeps it from being published
     */
    public Known draft(Sandbox sandbox, String name) {
        StoredJourney latest = Optional.of(name)
                .filter(text -> JourneyReader.NAME.matcher(text).matches())
                .flatMap(text -> store.latest(sandbox, text))
                .orElseThrow(() -> JourneyException.notFound(name));
        Issues issues = new Issues();
        Optional<Known> known = compiled(latest.as(JourneyState.LIVE), samples, issues);
        issues.throwIfErrors();
        return known.orElseThrow();
    }

    /** Forgets what is remembered, so that the next use sees what was just written. */
    public void forget() {
        begun.invalidateAll();
        versions.invalidateAll();
    }

    void start(@Observes @Priority(210) StartupEvent event) {
        for (String topic : List.of(JourneyStore.TOPIC, ActionCatalogue.TOPIC, EventSamples.TOPIC)) {
            changes.subscribe(topic, new ChangeListener() {
                @Override
                public void changed(String key) {
                    forget();
                }

                @Override
                public void mayHaveMissed() {
                    forget();
                }
            });
        }
    }

    private List<Known> load(EventKey key) {
        List<Known> known = new ArrayList<>();
        store.begunBy(key.sandbox(), key.event())
                .forEach(journey -> compiled(journey).ifPresent(known::add));
        return known;
    }

    private Optional<Known> load(VersionKey key) {
        return store.version(key.journey(), key.version()).flatMap(this::compiled);
    }

    private Optional<Known> compiled(StoredJourney journey) {
        Issues issues = new Issues();
        Optional<Known> known = compiled(journey, samples, new Issues()).or(() -> compiled(journey, ANY, issues));
        if (known.isEmpty()) {
            LOG.warnf(
                    "version %d of the journey %s does not fit its actions any more: %s",
                    journey.version(), journey.name(), issues.errors());
        }
        return known;
    }

    private Optional<Known> compiled(StoredJourney journey, EventSamples against, Issues issues) {
        ActionsAround around = new ActionsAround(journey.sandbox(), actions, against, Governance.NONE, Candidates.NONE);
        return JourneyReader.read(journey.json(), issues)
                .flatMap(read -> JourneyCompiler.compile(read, around, issues))
                .map(route -> new Known(journey, route));
    }
}
