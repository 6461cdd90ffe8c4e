package dev.onward.journey;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.ActionDefinition;
import dev.onward.action.Actions;
import dev.onward.dispatch.StepCalls;
import dev.onward.journey.consent.Governance;
import dev.onward.journey.consent.GovernanceStore;
import dev.onward.journey.definition.EventSamples;
import dev.onward.journey.definition.JourneyDefinition;
import dev.onward.journey.definition.JourneyException;
import dev.onward.journey.definition.JourneyIssue;
import dev.onward.journey.definition.JourneyReader;
import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.definition.JourneyStore;
import dev.onward.journey.definition.JourneyStore.Next;
import dev.onward.journey.definition.StoredJourney;
import dev.onward.journey.mapping.ActionsAround;
import dev.onward.journey.mapping.ActionsAround.Candidates;
import dev.onward.journey.mapping.JourneyCompiler;
import dev.onward.journey.mapping.RouteCatalogue;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;
import dev.onward.value.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Saves, publishes, stops and removes journeys. Every method blocks. Thread-safe. */
@ApplicationScoped
public class Journeys {

    private final JourneyStore store;
    private final Actions actions;
    private final EventSamples events;
    private final GovernanceStore governance;
    private final RouteCatalogue routes;
    private final StepCalls calls;

    Journeys(
            JourneyStore store,
            Actions actions,
            EventSamples events,
            GovernanceStore governance,
            RouteCatalogue routes,
            StepCalls calls) {
        this.calls = calls;
        this.routes = routes;
        this.governance = governance;
        this.store = store;
        this.actions = actions;
        this.events = events;
    }

    /**
     * A journey as it is shown.
     *
     * @param warnings what its author should know; what would keep it from being published, too
     * @param isPublishable whether it could be published now
     */
    public record Shown(StoredJourney journey, List<Issue> warnings, boolean isPublishable) {
        public Shown {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Saves a new journey as a draft.
     *
     * @throws dev.onward.value.InvalidException with every fault of the document; those that only keep it from being
     *     published are warnings
     * @throws JourneyException when the name is taken
     */
    public Shown create(Sandbox sandbox, JsonNode document, String author) {
        JourneyDefinition definition = read(document);
        String text = JsonBuffer.textOf(definition.document());
        return shown(store.create(sandbox, definition, text, author), definition);
    }

    /**
     * Saves a new version, as a draft.
     *
     * @param precondition whether a tag of the present state is the expected one
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws JourneyException when there is no such journey or the precondition does not hold
     */
    public Shown replace(
            Sandbox sandbox, String name, JsonNode document, String author, Predicate<String> precondition) {
        requireName(name);
        Issues issues = new Issues();
        JsonNode sent = document.path("name");
        if (sent.isTextual() && !sent.textValue().equals(name)) {
            String message = "'name' must be the path's '" + name + "'; a journey cannot be renamed";
            issues.error(JsonPointer.compile("/name"), JourneyIssue.NAME_MISMATCH, message);
        }
        Optional<JourneyDefinition> read = JourneyReader.read(document, issues);
        issues.throwIfErrors();
        JourneyDefinition definition = read.orElseThrow();
        String text = JsonBuffer.textOf(definition.document());
        return shown(store.replace(sandbox, definition, text, author, precondition), definition);
    }

    /**
     * Makes the latest version the one that events begin. Profiles that are inside finish on theirs.
     *
     * @throws dev.onward.value.InvalidException with everything that keeps it from being published
     * @throws JourneyException when there is none, or it is paused
     */
    public Shown publish(Sandbox sandbox, String name, String author) {
        // No action is changed or removed between the check and the moment from which that would be refused.
        Shown published = actions.whileUnchanged(sandbox, () -> checkedAndPublished(sandbox, name, author));
        routes.forget();
        return published;
    }

    private Shown checkedAndPublished(Sandbox sandbox, String name, String author) {
        StoredJourney latest = latest(sandbox, name);
        Issues issues = new Issues();
        JourneyCompiler.compile(read(latest.json()), around(sandbox, Candidates.NONE), issues);
        issues.throwIfErrors();
        StoredJourney moved = store.move(sandbox, name, author, present -> {
            if (present.state() == JourneyState.PAUSED) {
                throw wrongState(present, "published", "resume or stop it first");
            }
            if (present.version() != latest.version()) {
                throw new JourneyException(
                        JourneyException.Reason.PRECONDITION_FAILED,
                        "a new version was saved while this one was being published; publish again");
            }
            return new Next(JourneyState.LIVE, Optional.of(present.version()));
        });
        return new Shown(moved, issues.warnings(), true);
    }

    /** Ends a live or paused journey; a stopped one stays as it is. Calls that wait are taken back. */
    Shown stop(Sandbox sandbox, String name, String author) {
        Shown stopped = move(sandbox, name, author, "stopped", JourneyState.STOPPED);
        calls.takeBack(sandbox, name);
        return stopped;
    }

    /** Holds a live journey: events are discarded, profiles wait at their next call. */
    Shown pause(Sandbox sandbox, String name, String author) {
        return move(sandbox, name, author, "paused", JourneyState.PAUSED);
    }

    /** Goes on with a paused journey. */
    Shown resume(Sandbox sandbox, String name, String author) {
        return move(sandbox, name, author, "resumed", JourneyState.LIVE);
    }

    void delete(Sandbox sandbox, String name, Predicate<String> precondition) {
        requireName(name);
        store.delete(sandbox, name, precondition);
        routes.forget();
    }

    /** The latest version. */
    public Shown get(Sandbox sandbox, String name) {
        return shown(latest(sandbox, name));
    }

    /** One version. */
    Shown version(Sandbox sandbox, String name, int version) {
        requireName(name);
        return shown(store.version(sandbox, name, version)
                .orElseThrow(() -> new JourneyException(
                        JourneyException.Reason.NOT_FOUND,
                        "there is no version " + version + " of a journey '" + name + "' in this sandbox")));
    }

    Page<StoredJourney> list(Sandbox sandbox, String containing, String afterName, int limit) {
        return store.list(sandbox, containing, afterName, limit);
    }

    Page<StoredJourney> versions(Sandbox sandbox, String name, Optional<Integer> before, int limit) {
        requireName(name);
        Page<StoredJourney> page = store.versions(sandbox, name, before, limit);
        if (page.items().isEmpty() && before.isEmpty()) {
            throw JourneyException.notFound(name);
        }
        return page;
    }

    /**
     * What would be told of a document that is saved.
     *
     * @param faults which refuse it
     * @param warnings which its author should know; what would keep it from being published, too
     */
    public record Draft(List<Issue> faults, List<Issue> warnings) {
        public Draft {
            faults = List.copyOf(faults);
            warnings = List.copyOf(warnings);
        }
    }

    /** Checks a document beside what is about to be. */
    public Draft checked(Sandbox sandbox, JsonNode document, Candidates candidates) {
        Issues reading = new Issues();
        Issues compiling = new Issues();
        JourneyReader.read(document, reading)
                .ifPresent(definition -> JourneyCompiler.compile(definition, around(sandbox, candidates), compiling));
        return new Draft(reading.errors(), told(compiling));
    }

    /** The names of the journeys in use that an action's next version would break: faults that they do not have yet. */
    List<String> brokenBy(Sandbox sandbox, ActionDefinition candidate) {
        Set<String> broken = new LinkedHashSet<>();
        for (StoredJourney journey : store.usersInForce(sandbox, candidate.name())) {
            JourneyDefinition definition = read(journey.json());
            List<Issue> before = faults(sandbox, definition, Candidates.NONE);
            if (!before.containsAll(faults(sandbox, definition, Candidates.of(candidate)))) {
                broken.add(journey.name());
            }
        }
        return List.copyOf(broken);
    }

    private List<Issue> faults(Sandbox sandbox, JourneyDefinition definition, Candidates candidates) {
        Issues issues = new Issues();
        ActionsAround around = new ActionsAround(sandbox, actions, events, Governance.NONE, candidates);
        JourneyCompiler.compile(definition, around, issues);
        return issues.errors();
    }

    private ActionsAround around(Sandbox sandbox, Candidates candidates) {
        return new ActionsAround(sandbox, actions, events, governance.find(sandbox), candidates);
    }

    private Shown move(Sandbox sandbox, String name, String author, String done, JourneyState to) {
        requireName(name);
        StoredJourney moved = store.move(sandbox, name, author, present -> {
            boolean isAllowed = present.state() == to
                    || switch (to) {
                        case PAUSED -> present.state() == JourneyState.LIVE;
                        case LIVE -> present.state() == JourneyState.PAUSED;
                        default -> present.isInForce();
                    };
            if (!isAllowed) {
                throw wrongState(present, done, "publish it first");
            }
            return new Next(to, present.liveVersion());
        });
        // The next event of this process sees it; those of others within seconds.
        routes.forget();
        return shown(moved);
    }

    private static JourneyException wrongState(StoredJourney present, String done, String instead) {
        return new JourneyException(
                JourneyException.Reason.WRONG_STATE,
                "the journey '" + present.name() + "' is " + present.state().wireName() + " and cannot be " + done
                        + "; " + instead);
    }

    private StoredJourney latest(Sandbox sandbox, String name) {
        requireName(name);
        return store.latest(sandbox, name).orElseThrow(() -> JourneyException.notFound(name));
    }

    private Shown shown(StoredJourney stored) {
        return shown(stored, read(stored.json()));
    }

    /** What keeps a journey from being published is told of a saved draft too, as warnings. */
    private Shown shown(StoredJourney stored, JourneyDefinition definition) {
        Issues issues = new Issues();
        JourneyCompiler.compile(definition, around(stored.sandbox(), Candidates.NONE), issues);
        return new Shown(stored, told(issues), !issues.hasErrors());
    }

    /** Of a draft everything is a warning. */
    private static List<Issue> told(Issues issues) {
        List<Issue> warnings = new ArrayList<>(issues.errors());
        warnings.addAll(issues.warnings());
        return warnings;
    }

    private static JourneyDefinition read(JsonNode document) {
        Issues issues = new Issues();
        Optional<JourneyDefinition> definition = JourneyReader.read(document, issues);
        issues.throwIfErrors();
        return definition.orElseThrow();
    }

    /** A name that cannot be one is simply not there; it never reaches the database. */
    private static void requireName(String name) {
        if (!JourneyReader.NAME.matcher(name).matches()) {
            throw JourneyException.notFound(name);
        }
    }
}
