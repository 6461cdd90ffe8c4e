package dev.onward.journey.entry;

import dev.onward.database.StoredText;
import dev.onward.journey.entry.EventStore.Sent;
import dev.onward.journey.entry.EventStore.Stored;
import dev.onward.sandbox.Sandbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a row of {@code onward.journey_event} is read. Payload and profile are JSON text, which PostgreSQL takes as it is. */
final class EventRow {

    private EventRow() {}

    static Stored read(ResultSet row) throws SQLException {
        Event event = new Event(
                StoredText.unescape(row.getString("event_id")),
                row.getString("name"),
                Optional.ofNullable(row.getString("profile_id")).map(StoredText::unescape),
                row.getString("payload"),
                row.getString("profile"));
        return new Stored(
                row.getLong("seq"),
                new Sandbox(row.getString("sandbox")),
                event,
                row.getObject("received_at", OffsetDateTime.class).toInstant());
    }

    static @Nullable String profileId(Sent sent) {
        return sent.event().profileId().map(StoredText::escape).orElse(null);
    }
}
