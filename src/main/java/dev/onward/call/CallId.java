package dev.onward.call;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Names one call: a UUID of version 7 (RFC 9562 §5.7), so that ids sort by time and tell when they were made.
 *
 * @param uuid of version 7
 */
public record CallId(UUID uuid) {

    private static final int VERSION = 7;

    public CallId {
        if (uuid.version() != VERSION) {
            throw new IllegalArgumentException("a call id is a UUID of version 7");
        }
    }

    /** The id written as {@code text}, or empty when it is none. */
    public static Optional<CallId> parse(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.version() == VERSION && uuid.toString().equals(text)
                    ? Optional.of(new CallId(uuid))
                    : Optional.empty();
        } catch (IllegalArgumentException notUuid) {
            return Optional.empty();
        }
    }

    /** When the id was made, to the millisecond. */
    public Instant madeAt() {
        return Instant.ofEpochMilli(uuid.getMostSignificantBits() >>> 16);
    }

    @Override
    public String toString() {
        return uuid.toString();
    }
}
