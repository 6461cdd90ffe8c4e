package dev.onward.credential;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.call.auth.Credential;
import dev.onward.credential.CredentialStore.Draft;
import dev.onward.credential.SecretMembers.Separated;
import dev.onward.egress.DestinationRule;
import dev.onward.egress.EgressPolicy;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.OpenedSecrets;
import dev.onward.secret.SecretText;
import dev.onward.secret.Secrets;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;
import dev.onward.value.MemberReader;
import dev.onward.value.Page;
import dev.onward.value.ValueIssue;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Keeps named credentials and opens them. Every method blocks. Thread-safe. */
@ApplicationScoped
public class Credentials {

    /** The topic of the feed of changes; a change's key is {@code sandbox/name}. */
    public static final String TOPIC = "credential";

    /** What a credential may be called. */
    public static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private static final Set<String> SHOWN_ONLY =
            Set.of("usedIn", "warnings", "createdAt", "createdBy", "updatedAt", "version");

    private final CredentialStore store;
    private final Secrets secrets;
    private final EgressPolicy egress;

    Credentials(CredentialStore store, Secrets secrets, EgressPolicy egress) {
        this.store = store;
        this.secrets = secrets;
        this.egress = egress;
    }

    /**
     * Keeps a new credential.
     *
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws CredentialException when the name is taken
     */
    NamedCredential create(Sandbox sandbox, JsonNode document, String author) {
        Separated separated = SecretMembers.separate(ChannelOAuth.mapped(document));
        Issues issues = new Issues();
        Read read = valid(separated.document(), new SecretValues(separated.fresh()), today(sandbox), issues);
        return named(store.create(draft(sandbox, read.name(), separated, author)));
    }

    /**
     * Replaces a credential.
     *
     * @throws dev.onward.value.InvalidException with every fault of the document
     * @throws CredentialException when there is none, it has changed, or a kept secret would be shown to another host
     */
    NamedCredential replace(
            Sandbox sandbox, String name, JsonNode document, String author, Predicate<String> precondition) {
        StoredCredential before = store.find(sandbox, name).orElseThrow(() -> CredentialException.notFound(name));
        Separated separated = SecretMembers.separate(ChannelOAuth.mapped(document));
        String owner = SecretOwner.ofCredential(before.id(), separated.document());
        if (!separated.kept().isEmpty()) {
            requireSameEndpoint(before, owner);
        }
        Map<String, SecretText> values =
                new HashMap<>(secrets.open(sandbox, owner).values());
        values.keySet().retainAll(separated.kept());
        values.putAll(separated.fresh());
        Issues issues = new Issues();
        requireName(document, name, issues);
        Read read = valid(separated.document(), new SecretValues(values), today(sandbox), issues);
        if (!separated.kept().isEmpty() && !read.hosts().isWithin(hosts(before))) {
            throw mismatch("a secret that is kept may not be shown to further hosts");
        }
        return named(store.replace(draft(sandbox, name, separated, author), precondition));
    }

    void delete(Sandbox sandbox, String name, Predicate<String> precondition) {
        store.delete(sandbox, name, precondition);
    }

    NamedCredential get(Sandbox sandbox, String name) {
        return find(sandbox, name).orElseThrow(() -> CredentialException.notFound(name));
    }

    /** A credential, its secrets opened; empty when there is none of this name. */
    public Optional<NamedCredential> find(Sandbox sandbox, String name) {
        return NAME.matcher(name).matches() ? store.find(sandbox, name).map(this::named) : Optional.empty();
    }

    Page<StoredCredential> list(Sandbox sandbox, String afterName, int limit) {
        return store.list(sandbox, afterName, limit);
    }

    private NamedCredential named(StoredCredential stored) {
        JsonNode document = stored.json();
        String owner = SecretOwner.ofCredential(stored.id(), document);
        OpenedSecrets opened = secrets.open(stored.sandbox(), owner);
        Issues issues = new Issues();
        boolean usable = opened.values().keySet().containsAll(SecretMembers.of(document));
        Credential credential = usable
                ? OpenCredential.of(
                        owner,
                        document.path("authentication"),
                        opened,
                        valid(document, new SecretValues(opened.values()), DestinationRule.REGISTERED_BEFORE, issues)
                                .definition(),
                        Map.of(),
                        Map.of())
                : OpenCredential.unusable(opened);
        return new NamedCredential(stored, hosts(stored), credential, opened.updatedAt(), issues.warnings());
    }

    private record Read(String name, Hosts hosts, CredentialDefinition definition) {}

    private static Read valid(JsonNode document, SecretValues values, DestinationRule rule, Issues issues) {
        Optional<Read> read = MemberReader.of(document, JsonPointer.empty(), issues)
                .flatMap(reader -> {
                    reader.ignore(SHOWN_ONLY);
                    Optional<String> name = reader.require("name", reader.string("name", NAME));
                    reader.string("description");
                    Optional<Hosts> hosts = Hosts.read(reader);
                    Optional<CredentialDefinition> definition = reader.requireObject("authentication")
                            .flatMap(inner -> new AuthenticationReader(values, rule).read(inner));
                    reader.finish();
                    return name.flatMap(
                            given -> hosts.flatMap(bound -> definition.map(proof -> new Read(given, bound, proof))));
                });
        issues.throwIfErrors();
        return read.orElseThrow();
    }

    private static Hosts hosts(StoredCredential stored) {
        Issues issues = new Issues();
        return MemberReader.of(stored.json(), JsonPointer.empty(), issues)
                .flatMap(Hosts::read)
                .orElseThrow(() -> new IllegalStateException("the stored credential has no hosts"));
    }

    private static void requireName(JsonNode document, String name, Issues issues) {
        JsonNode sent = document.path("name");
        if (sent.isTextual() && !sent.textValue().equals(name)) {
            String message = "'name' must be the path's '" + name + "'; a credential cannot be renamed";
            issues.error(JsonPointer.compile("/name"), ValueIssue.NOT_ALLOWED, message);
        }
    }

    private static void requireSameEndpoint(StoredCredential before, String owner) {
        if (!SecretOwner.ofCredential(before.id(), before.json()).equals(owner)) {
            throw mismatch("a secret that is kept may not be sent to another token endpoint");
        }
    }

    private static CredentialException mismatch(String why) {
        return new CredentialException(
                CredentialException.Reason.HOST_MISMATCH, why + "; send all secrets of the credential again");
    }

    private DestinationRule today(Sandbox sandbox) {
        return (destination, at, issues) -> egress.check(sandbox.name(), destination, at, issues);
    }

    private static Draft draft(Sandbox sandbox, String name, Separated separated, String author) {
        JsonNode bare = ((ObjectNode) separated.document().deepCopy()).without(SHOWN_ONLY);
        return new Draft(
                sandbox,
                name,
                JsonBuffer.textOf(bare),
                id -> SecretOwner.ofCredential(id, separated.document()),
                separated.fresh(),
                separated.kept(),
                author);
    }
}
