package dev.onward.secret;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The secrets of one owner. Immutable.
 *
 * @param values by member; without those that cannot be opened
 * @param updatedAt of every stored secret, by member
 * @param fault why some cannot be opened; empty when all can
 */
public record OpenedSecrets(
        Map<String, SecretText> values, Map<String, Instant> updatedAt, Optional<SecretException.Reason> fault) {

    /** Of an owner that has none. */
    public static final OpenedSecrets NONE = new OpenedSecrets(Map.of(), Map.of(), Optional.empty());

    public OpenedSecrets {
        values = Map.copyOf(values);
        updatedAt = Map.copyOf(updatedAt);
    }
}
