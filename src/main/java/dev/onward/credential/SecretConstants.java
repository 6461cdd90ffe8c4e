package dev.onward.credential;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.secret.SecretText;
import dev.onward.value.Issues;
import dev.onward.value.ValueIssue;
import java.util.Optional;

/** Reads constants whose values are secret: {@code {"secret": "…"}} as it was sent, a marker by now. */
public final class SecretConstants {

    private final SecretReader secrets;

    public SecretConstants(SecretValues values) {
        this.secrets = new SecretReader(values);
    }

    /**
     * The secret in the place of an object.
     *
     * @return empty when an issue was noted
     */
    public Optional<SecretText> read(JsonNode node, JsonPointer at, Issues issues) {
        if (!SecretMarker.is(node)) {
            String message = "text is expected, or {\"secret\": \"…\"} with one text that is not shown again";
            issues.error(at, ValueIssue.WRONG_TYPE, message);
            return Optional.empty();
        }
        return secrets.at(node, at, issues).filter(value -> {
            boolean empty = value.reveal().isEmpty();
            if (empty) {
                issues.error(at, CredentialIssue.SECRET_INVALID, "the secret is empty");
            }
            return !empty;
        });
    }
}
