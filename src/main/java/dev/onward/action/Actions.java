package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.ActionStore.Draft;
import dev.onward.action.ActionStore.DraftSecrets;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.auth.Credential;
import dev.onward.credential.ChannelOAuth;
import dev.onward.credential.CredentialIssue;
import dev.onward.credential.CredentialUse;
import dev.onward.credential.Credentials;
import dev.onward.credential.NamedCredential;
import dev.onward.credential.OpenCredential;
import dev.onward.credential.SecretMembers;
import dev.onward.credential.SecretMembers.Separated;
import dev.onward.credential.SecretOwner;
import dev.onward.credential.SecretValues;
import dev.onward.database.ChangeLock;
import dev.onward.egress.DestinationRule;
import dev.onward.egress.EgressPolicy;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.OpenedSecrets;
import dev.onward.secret.SecretText;
import dev.onward.secret.Secrets;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;
import dev.onward.value.Page;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/** Registers, reads, replaces and removes actions. Every method blocks. Thread-safe. */
@ApplicationScoped
public class Actions {

    private static final JsonPointer CREDENTIAL = JsonPointer.compile("/authentication/credential");

    private final ActionStore store;
    private final ActionUsage usage;
    private final EgressPolicy egress;
    private final Secrets secrets;
    private final Credentials credentials;
    private final ChangeLock changes;

    Actions(
            ActionStore store,
            ActionUsage usage,
            EgressPolicy egress,
            Secrets secrets,
            Credentials credentials,
            ChangeLock changes) {
        this.store = store;
        this.usage = usage;
        this.egress = egress;
        this.secrets = secrets;
        this.credentials = credentials;
        this.changes = changes;
    }

    /**
     * Registers a new action.
     *
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws ActionException when the name is taken
     */
    public Action create(Sandbox sandbox, JsonNode document, String author) {
        return create(sandbox, document, author, handle -> {});
    }

    /**
     * As {@link #create(Sandbox, JsonNode, String)}, together with something else.
     *
     * @param alongside done in the transaction that stores the action; when it throws, nothing of both stays
     */
    public Action create(Sandbox sandbox, JsonNode document, String author, Consumer<Handle> alongside) {
        Separated separated = SecretMembers.separate(ChannelOAuth.mapped(document));
        Issues issues = new Issues();
        ActionDefinition definition = read(sandbox, separated, new SecretValues(separated.fresh()), issues);
        return opened(store.create(draft(sandbox, definition, separated, author), alongside), issues);
    }

    /**
     * Makes a new version of an action.
     *
     * @param precondition whether a tag of the latest version is the expected one
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws ActionException when there is no such action, the precondition does not hold, or live journeys would break
     */
    public Action replace(
            Sandbox sandbox, String name, JsonNode document, String author, Predicate<String> precondition) {
        requireName(name);
        StoredAction before = store.latest(sandbox, name).orElseThrow(() -> ActionException.notFound(name));
        Separated separated = SecretMembers.separate(ChannelOAuth.mapped(document));
        Issues issues = new Issues();
        JsonNode sent = document.path("name");
        if (sent.isTextual() && !sent.textValue().equals(name)) {
            String message = "'name' must be the path's '" + name + "'; an action cannot be renamed";
            issues.error(JsonPointer.compile("/name"), ActionIssue.NAME_MISMATCH, message);
        }
        ActionDefinition definition = read(sandbox, separated, kept(before, separated), issues);
        // No journey that it would break is published meanwhile.
        StoredAction replaced = whileUnchanged(sandbox, () -> {
            requireUnbroken(usage.brokenBy(sandbox, definition));
            return store.replace(draft(sandbox, definition, separated, author), precondition);
        });
        return opened(replaced, issues);
    }

    /**
     * Does work, in one transaction, while nobody else replaces or removes an action of the sandbox.
     *
     * @param work when it throws, nothing of it stays
     */
    public <T> T whileUnchanged(Sandbox sandbox, Supplier<T> work) {
        return changes.alone(sandbox.name(), work);
    }

    private static void requireUnbroken(List<String> broken) {
        if (!broken.isEmpty()) {
            throw new ActionException(
                    ActionException.Reason.BREAKS_JOURNEYS,
                    "this version would break live journeys: " + String.join(", ", broken)
                            + "; give them a version of their own (actionVersion), or change them first");
        }
    }

    /**
     * The secrets of a new version: those that were sent, and those that are kept.
     *
     * @throws ActionException when one that is kept would be sent to another host than before
     */
    private SecretValues kept(StoredAction before, Separated separated) {
        String owner = SecretOwner.ofAction(before.id(), separated.document());
        boolean sameHosts = owner.equals(SecretOwner.ofAction(before.id(), before.json()));
        if (!separated.kept().isEmpty()
                && !sameHosts
                && !SecretMembers.of(before.json()).isEmpty()) {
            throw new ActionException(
                    ActionException.Reason.CREDENTIAL_HOST_MISMATCH,
                    "a secret that is kept may not be sent to another host; send all secrets of the action again");
        }
        Map<String, SecretText> values =
                new HashMap<>(secrets.open(before.sandbox(), owner).values());
        values.keySet().retainAll(separated.kept());
        values.putAll(separated.fresh());
        return new SecretValues(values);
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
        // No journey that uses it is published meanwhile.
        changes.alone(sandbox.name(), () -> {
            if (usage.usedByLiveJourney(sandbox, name)) {
                throw new ActionException(
                        ActionException.Reason.IN_USE, "a live journey uses the action '" + name + "'; stop it first");
            }
            store.delete(sandbox, name, precondition);
        });
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

    /** One version; empty when there is none. */
    Optional<Action> find(Sandbox sandbox, String name, int version) {
        return store.version(sandbox, name, version).map(this::compiled);
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

    /**
     * What a document would become; nothing is stored.
     *
     * @param definition empty when it has faults
     * @param isSame whether the latest version of its name says the same
     * @param broken the live journeys that would not work with it
     */
    public record Checked(
            Optional<ActionDefinition> definition, List<Issue> faults, boolean isSame, List<String> broken) {}

    /**
     * Checks a document as {@link #create} or {@link #replace} would.
     *
     * @throws ActionException when a secret that is kept would be sent to another host than before
     */
    public Checked check(Sandbox sandbox, JsonNode document) {
        Optional<StoredAction> before = Optional.of(document.path("name").asText(""))
                .filter(name -> DefinitionReader.NAME.matcher(name).matches())
                .flatMap(name -> store.latest(sandbox, name));
        try {
            Separated separated = SecretMembers.separate(ChannelOAuth.mapped(document));
            SecretValues values =
                    before.map(stored -> kept(stored, separated)).orElseGet(() -> new SecretValues(separated.fresh()));
            ActionDefinition definition = read(sandbox, separated, values, new Issues());
            boolean isSame = before.filter(stored -> stored.json().equals(definition.document()))
                    .filter(stored -> hasSecrets(stored, separated.fresh()))
                    .isPresent();
            List<String> broken = before.isPresent() ? usage.brokenBy(sandbox, definition) : List.of();
            return new Checked(Optional.of(definition), List.of(), isSame, broken);
        } catch (InvalidException faulty) {
            return new Checked(Optional.empty(), faulty.issues(), false, List.of());
        }
    }

    private boolean hasSecrets(StoredAction stored, Map<String, SecretText> wanted) {
        String owner = SecretOwner.ofAction(stored.id(), stored.json());
        Map<String, SecretText> present = secrets.open(stored.sandbox(), owner).values();
        return present.entrySet().containsAll(wanted.entrySet());
    }

    /** Whether there is an action of this name. */
    public boolean exists(Sandbox sandbox, String name) {
        return DefinitionReader.NAME.matcher(name).matches()
                && store.latest(sandbox, name).isPresent();
    }

    /** The names of the first thousand actions. */
    public List<String> names(Sandbox sandbox) {
        return store.list(sandbox, "", "", Page.MAX_LIMIT).items().stream()
                .map(StoredAction::name)
                .toList();
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

    private ActionDefinition read(Sandbox sandbox, Separated separated, SecretValues values, Issues issues) {
        DestinationRule today = (destination, at, noted) -> egress.check(sandbox.name(), destination, at, noted);
        Optional<ActionDefinition> definition =
                new DefinitionReader(today, Optional.of(values)).read(separated.document(), issues);
        definition.ifPresent(read -> requireNamed(sandbox, read, issues));
        issues.throwIfErrors();
        return definition.orElseThrow();
    }

    private void requireNamed(Sandbox sandbox, ActionDefinition definition, Issues issues) {
        definition.credential().name().ifPresent(name -> {
            Optional<NamedCredential> named = credentials.find(sandbox, name);
            if (named.isEmpty()) {
                String message =
                        "there is no credential '" + name + "' in this sandbox; POST /api/v1/credentials makes one";
                issues.error(CREDENTIAL, CredentialIssue.CREDENTIAL_NOT_FOUND, message);
            }
            named.ifPresent(found -> found.requireFor(definition.endpoint().destination()));
        });
    }

    private static Draft draft(Sandbox sandbox, ActionDefinition definition, Separated separated, String author) {
        JsonNode document = definition.document();
        return new Draft(
                sandbox,
                definition.name(),
                document.path("description").asText(""),
                JsonBuffer.textOf(document),
                author,
                new DraftSecrets(
                        id -> SecretOwner.ofAction(id, document),
                        separated.fresh(),
                        separated.kept(),
                        definition.credential().name()));
    }

    private Action compiled(StoredAction stored) {
        return opened(stored, new Issues());
    }

    /** The stored action with its credential opened; what cannot be opened leaves it without a usable one. */
    private Action opened(StoredAction stored, Issues issues) {
        JsonNode document = stored.json();
        String owner = SecretOwner.ofAction(stored.id(), document);
        OpenedSecrets opened = secrets.open(stored.sandbox(), owner);
        boolean usable = opened.values().keySet().containsAll(SecretMembers.of(document));
        Optional<SecretValues> values = usable ? Optional.of(new SecretValues(opened.values())) : Optional.empty();
        Issues noted = new Issues();
        ActionDefinition definition = new DefinitionReader(DestinationRule.REGISTERED_BEFORE, values)
                .read(document, noted)
                .orElseThrow(() -> new IllegalStateException("version " + stored.version() + " of the stored action "
                        + stored.name() + " does not compile"));
        Credential credential =
                usable ? credential(stored, definition, owner, opened) : OpenCredential.unusable(opened);
        return new Action(
                stored.id(),
                stored.sandbox(),
                definition,
                stored.version(),
                stored.createdAt(),
                stored.createdBy(),
                issues.warnings().isEmpty() ? noted.warnings() : issues.warnings(),
                credential,
                opened.updatedAt());
    }

    private Credential credential(
            StoredAction stored, ActionDefinition definition, String owner, OpenedSecrets opened) {
        CredentialUse use = definition.credential();
        if (use.name().isEmpty()) {
            JsonNode authentication = definition.document().path("authentication");
            return OpenCredential.of(owner, authentication, opened, use.inline(), use.headers(), use.query());
        }
        String name = use.name().get();
        return credentials
                .find(stored.sandbox(), name)
                .map(named -> named.isFor(definition.endpoint().destination())
                        ? named.credential().with(use.headers(), use.query())
                        : OpenCredential.unusable(new CallError(
                                CallErrorCode.SECRET_UNAVAILABLE,
                                "the credential '" + name + "' is not bound to the host of the action any more")))
                .orElseGet(() -> OpenCredential.unusable(new CallError(
                        CallErrorCode.SECRET_UNAVAILABLE, "there is no credential '" + name + "' any more")));
    }
}
