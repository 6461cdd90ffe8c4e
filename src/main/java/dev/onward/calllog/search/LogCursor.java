package dev.onward.calllog.search;

import dev.onward.call.CallId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in the log, behind one call. Its text is opaque to clients.
 *
 * @param at when that call began, cut to the millisecond
 */
public record LogCursor(Instant at, CallId callId) {

    private static final byte VERSION = 1;
    private static final int BYTES = 1 + 3 * Long.BYTES;

    /** The last millisecond of the year 9999. */
    private static final long LAST_MILLIS = 253_402_300_799_999L;

    /**
     * The place that a client names.
     *
     * @throws CursorInvalidException when no cursor was ever written so
     */
    public static LogCursor parse(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() != BYTES || bytes.get() != VERSION) {
                throw new CursorInvalidException();
            }
            LogCursor cursor = read(bytes);
            if (!cursor.toString().equals(text)) {
                throw new CursorInvalidException();
            }
            return cursor;
        } catch (IllegalArgumentException notACursor) {
            throw new CursorInvalidException();
        }
    }

    /** The text for clients: base64url of version, time and id. */
    @Override
    public String toString() {
        UUID id = callId.uuid();
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .put(VERSION)
                .putLong(at.toEpochMilli())
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static LogCursor read(ByteBuffer bytes) {
        long millis = bytes.getLong();
        if (millis < 0 || millis > LAST_MILLIS) {
            throw new CursorInvalidException();
        }
        return new LogCursor(Instant.ofEpochMilli(millis), new CallId(new UUID(bytes.getLong(), bytes.getLong())));
    }
}
