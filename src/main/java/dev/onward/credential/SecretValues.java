package dev.onward.credential;

import dev.onward.secret.SecretText;
import java.util.Map;
import java.util.Optional;

/**
 * The secrets of a document, by JSON pointer.
 *
 * @param values as {@link SecretMembers.Separated} keeps them
 */
public record SecretValues(Map<String, SecretText> values) {

    /** None at all. */
    public static final SecretValues NONE = new SecretValues(Map.of());

    public SecretValues {
        values = Map.copyOf(values);
    }

    Optional<SecretText> at(String pointer) {
        return Optional.ofNullable(values.get(pointer));
    }
}
