package dev.onward.journey.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.database.StoredText;
import dev.onward.value.Cursor;
import dev.onward.value.CursorInvalidException;
import dev.onward.value.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * An accepted event that is not tried again before somebody asks for it.
 *
 * @param sequence its place among all events, as they were accepted
 * @param profileId as it came; empty when it names none
 */
record EventSetAside(
        long sequence,
        String eventId,
        String name,
        Optional<String> profileId,
        Instant receivedAt,
        Instant setAsideAt) {

    private static final String SEQUENCE = "[0-9]{1,18}";

    static EventSetAside read(ResultSet row) throws SQLException {
        return new EventSetAside(
                row.getLong("seq"),
                StoredText.unescape(row.getString("event_id")),
                StoredText.unescape(row.getString("name")),
                Optional.ofNullable(row.getString("profile_id")).map(StoredText::unescape),
                row.getObject("received_at", OffsetDateTime.class).toInstant(),
                row.getObject("set_aside_at", OffsetDateTime.class).toInstant());
    }

    Cursor cursor() {
        return new Cursor(List.of(Long.toString(sequence)));
    }

    /**
     * The place that a cursor names.
     *
     * @throws CursorInvalidException when it is none of ours
     */
    static long sequence(Cursor cursor) {
        String sequence = cursor.key().get(0);
        if (!sequence.matches(SEQUENCE)) {
            throw new CursorInvalidException(null);
        }
        return Long.parseLong(sequence);
    }

    JsonNode json() {
        ObjectNode json = JsonNodeFactory.instance
                .objectNode()
                .put("eventId", eventId)
                .put("name", name)
                .put("receivedAt", Times.text(receivedAt))
                .put("setAsideAt", Times.text(setAsideAt));
        profileId.ifPresent(id -> json.put("profileId", id));
        return json;
    }
}
