package dev.onward.action;

import dev.onward.call.auth.Credential;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Issue;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One version of a registered action.
 *
 * @param id of the action; a name that is used again after a deletion gets a new one
 * @param version from 1
 * @param createdAt when this version was made
 * @param createdBy the id of the API key that made it
 * @param warnings what its author should know
 * @param credential that its calls are signed with
 * @param secretsSetAt when each secret in the definition was set, by JSON pointer
 */
public record Action(
        UUID id,
        Sandbox sandbox,
        ActionDefinition definition,
        int version,
        Instant createdAt,
        String createdBy,
        List<Issue> warnings,
        Credential credential,
        Map<String, Instant> secretsSetAt) {

    public Action {
        warnings = List.copyOf(warnings);
        secretsSetAt = Map.copyOf(secretsSetAt);
    }

    public String name() {
        return definition.name();
    }

    /** The same, for a call that shows how its token is fetched. */
    public Action withFreshToken() {
        return new Action(
                id, sandbox, definition, version, createdAt, createdBy, warnings, credential.asFresh(), secretsSetAt);
    }

    /** The tag of this version (RFC 9110 §8.8.3), quotes aside. It differs for a name that is used again. */
    String tag() {
        return tag(id, version);
    }

    static String tag(UUID id, int version) {
        return id.toString().substring(0, 8) + "-" + version;
    }
}
