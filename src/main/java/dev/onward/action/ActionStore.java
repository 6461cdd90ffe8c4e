package dev.onward.action;

import dev.onward.sandbox.Sandbox;
import dev.onward.secret.SecretText;
import dev.onward.value.Page;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** Where actions and all their versions are kept. Versions never change. Blocking. */
interface ActionStore {

    /**
     * Keeps a new action as version 1.
     *
     * @throws ActionException when the name is taken
     */
    default StoredAction create(Draft draft) {
        return create(draft, handle -> {});
    }

    /**
     * As {@link #create(Draft)}, together with something else.
     *
     * @param alongside done in the same transaction; when it throws, nothing is kept
     */
    StoredAction create(Draft draft, Consumer<Handle> alongside);

    /**
     * Keeps a new version of an action.
     *
     * @param precondition asked with the tag of the latest version, in the same transaction
     * @throws ActionException when there is no such action, or the precondition does not hold
     */
    StoredAction replace(Draft draft, Predicate<String> precondition);

    /**
     * Removes an action with all its versions; the name is free again.
     *
     * @param precondition asked with the tag of the latest version, in the same transaction
     * @throws ActionException when there is no such action, or the precondition does not hold
     */
    void delete(Sandbox sandbox, String name, Predicate<String> precondition);

    Optional<StoredAction> latest(Sandbox sandbox, String name);

    Optional<StoredAction> version(Sandbox sandbox, String name, int version);

    /**
     * The latest versions in the order of their names.
     *
     * @param containing text that name or description contains, whatever the case; empty for all
     * @param afterName the last name of the page before; empty for the first page
     */
    Page<StoredAction> list(Sandbox sandbox, String containing, String afterName, int limit);

    /**
     * The versions of one action, newest first.
     *
     * @param beforeVersion the last version of the page before; empty for the first page
     */
    Page<StoredAction> versions(Sandbox sandbox, String name, Optional<Integer> beforeVersion, int limit);

    /**
     * A version to be kept.
     *
     * @param document JSON text of a valid definition
     * @param description for searching; empty text for none
     * @param author id of the API key
     * @param secrets that stand in it
     */
    record Draft(
            Sandbox sandbox, String name, String description, String document, String author, DraftSecrets secrets) {}

    /**
     * The secrets of a version; those of the versions before are forgotten.
     *
     * @param owner names their owner, by the action's id
     * @param fresh new values, by JSON pointer
     * @param kept pointers of those that stay as they are
     * @param credential the named one that it uses instead
     */
    record DraftSecrets(
            Function<UUID, String> owner,
            Map<String, SecretText> fresh,
            Set<String> kept,
            Optional<String> credential) {

        /** Of a definition without any. */
        static final DraftSecrets NONE =
                new DraftSecrets(id -> "action/" + id + "@", Map.of(), Set.of(), Optional.empty());
    }
}
