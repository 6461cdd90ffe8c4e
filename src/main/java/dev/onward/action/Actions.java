package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.ActionStore.Draft;
import dev.onward.egress.EgressPolicy;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;
import dev.onward.value.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.function.Predicate;

/** Registers, reads, replaces and removes actions. Every method blocks. Thread-safe. */
@ApplicationScoped
public class Actions {

    private final ActionStore store;
    private final ActionUsage usage;
    private final EgressPolicy egress;

    Actions(ActionStore store, ActionUsage usage, EgressPolicy egress) {
        this.store = store;
        this.usage = usage;
        this.egress = egress;
    }

    /**
     * Registers a new action.
     *
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws ActionException when the name is taken
     */
    public Action create(Sandbox sandbox, JsonNode document, String author) {
        Issues issues = new Issues();
        ActionDefinition definition = valid(DefinitionReader.read(document, today(sandbox), issues), issues);
        return action(store.create(draft(sandbox, definition, author)), definition, issues);
    }

    /**
     * Makes a new version of an action.
     *
     * @param precondition whether a tag of the latest version is the expected one
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws ActionException when there is no such action or the precondition does not hold
     */
    public Action replace(
            Sandbox sandbox, String name, JsonNode document, String author, Predicate<String> precondition) {
        requireName(name);
        Issues issues = new Issues();
        Optional<ActionDefinition> read = DefinitionReader.read(document, today(sandbox), issues);
        JsonNode sent = document.path("name");
        if (sent.isTextual() && !sent.textValue().equals(name)) {
            String message = "'name' must be the path's '" + name + "'; an action cannot be renamed";
            issues.error(JsonPointer.compile("/name"), ActionIssue.NAME_MISMATCH, message);
        }
        ActionDefinition definition = valid(read, issues);
        return action(store.replace(draft(sandbox, definition, author), precondition), definition, issues);
    }

    /**
     * Makes an old version the latest again, as a new version.
     *
     * @throws dev.onward.value.InvalidException when today's rules refuse it
     * @throws ActionException when there is no such action or version
     */
    public Action restore(Sandbox sandbox, String name, int version, String author, Predicate<String> precondition) {
        Action old = version(sandbox, name, version);
        return replace(sandbox, name, old.definition().document(), author, precondition);
    }

    /**
     * Removes an action; its name is free again.
     *
     * @throws ActionException when there is none, a live journey uses it, or the precondition does not hold
     */
    public void delete(Sandbox sandbox, String name, Predicate<String> precondition) {
        requireName(name);
        if (usage.usedByLiveJourney(sandbox, name)) {
            throw new ActionException(
                    ActionException.Reason.IN_USE, "a live journey uses the action '" + name + "'; stop it first");
        }
        store.delete(sandbox, name, precondition);
    }

    /** The latest version. */
    public Action get(Sandbox sandbox, String name) {
        requireName(name);
        return store.latest(sandbox, name).map(this::compiled).orElseThrow(() -> ActionException.notFound(name));
    }

    /** One version. */
    public Action version(Sandbox sandbox, String name, int version) {
        requireName(name);
        return store.version(sandbox, name, version).map(this::compiled).orElseThrow(() -> {
            String message = "there is no version " + version + " of an action '" + name + "' in this sandbox";
            return new ActionException(ActionException.Reason.NOT_FOUND, message);
        });
    }

    /** The latest versions of all actions, by name. */
    Page<StoredAction> list(Sandbox sandbox, String containing, String afterName, int limit) {
        return store.list(sandbox, containing, afterName, limit);
    }

    /** All versions of one action, newest first. */
    Page<StoredAction> versions(Sandbox sandbox, String name, Optional<Integer> before, int limit) {
        requireName(name);
        Page<StoredAction> page = store.versions(sandbox, name, before, limit);
        if (page.items().isEmpty() && before.isEmpty()) {
            throw ActionException.notFound(name);
        }
        return page;
    }

    /** How many journeys use the action. */
    public int usedIn(Sandbox sandbox, String name) {
        return usage.usedIn(sandbox, name);
    }

    /** The latest version, or empty when there is none. */
    Optional<Action> find(Sandbox sandbox, String name) {
        return store.latest(sandbox, name).map(this::compiled);
    }

    /** A name that cannot be one is simply not there; it never reaches the database. */
    private static void requireName(String name) {
        if (!DefinitionReader.NAME.matcher(name).matches()) {
            throw ActionException.notFound(name);
        }
    }

    private static ActionDefinition valid(Optional<ActionDefinition> definition, Issues issues) {
        issues.throwIfErrors();
        return definition.orElseThrow();
    }

    private static Draft draft(Sandbox sandbox, ActionDefinition definition, String author) {
        return new Draft(
                sandbox,
                definition.name(),
                definition.document().path("description").asText(""),
                JsonBuffer.textOf(definition.document()),
                author);
    }

    private DestinationRule today(Sandbox sandbox) {
        return (destination, at, issues) -> egress.check(sandbox.name(), destination, at, issues);
    }

    private Action compiled(StoredAction stored) {
        Issues issues = new Issues();
        ActionDefinition definition = DefinitionReader.read(stored.json(), DestinationRule.REGISTERED_BEFORE, issues)
                .orElseThrow(() -> new IllegalStateException("version " + stored.version() + " of the stored action "
                        + stored.name() + " does not compile"));
        return action(stored, definition, issues);
    }

    private static Action action(StoredAction stored, ActionDefinition definition, Issues issues) {
        return new Action(
                stored.id(),
                stored.sandbox(),
                definition,
                stored.version(),
                stored.createdAt(),
                stored.createdBy(),
                issues.warnings());
    }
}
