package dev.onward.journey.instance;

import dev.onward.database.StoredText;
import dev.onward.journey.instance.Instance.JourneyVersion;
import dev.onward.journey.instance.Mover.Moved;
import dev.onward.sandbox.Sandbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An instance as it is stored.
 *
 * @param state {@code calling}, {@code waiting}, {@code held} or {@code ended}
 * @param step where it is
 * @param dueAt when it goes on by itself
 * @param endedAt when it ended
 * @param ending how it ended
 * @param data of the instance, as text
 */
public record InstanceRow(
        Instance instance,
        String state,
        String step,
        Optional<Instant> dueAt,
        Optional<Instant> endedAt,
        Optional<String> ending,
        String data) {

    static final String ENDED = "ended";
    static final String CALLING = "calling";

    /** What {@link #read} reads, of the table {@code i}. */
    static final String COLUMNS = "i.id, i.sandbox, i.journey_id, i.journey, i.version, i.profile_id, i.state, i.step,"
            + " i.due_at, i.started_at, i.ended_at, i.ending, i.run_id, i.steps, i.data";

    /** The same without what its expressions see, which may be long. */
    static final String COLUMNS_WITHOUT_DATA = COLUMNS.replace("i.data", "'" + InstanceData.NOTHING + "' AS data");

    /** Where an instance has moved to, as a row. */
    static InstanceRow of(Moved moved, Instant now) {
        Instant last = moved.progress().instance().startedAt().plus(Walk.LONGEST);
        return moved.progress().halt().accept(new Halt.Visitor<>() {
            @Override
            public InstanceRow calls(Halt.Calls call) {
                return row(moved, CALLING, Optional.empty(), Optional.empty(), Optional.empty());
            }

            @Override
            public InstanceRow waits(Halt.Waits wait) {
                Instant until = wait.until().isBefore(last) ? wait.until() : last;
                return row(moved, "waiting", Optional.of(until), Optional.empty(), Optional.empty());
            }

            @Override
            public InstanceRow held(Halt.Held held) {
                return row(moved, "held", Optional.of(last), Optional.empty(), Optional.empty());
            }

            @Override
            public InstanceRow ended(Halt.Ended end) {
                String ending = end.ending().wireName();
                return row(moved, ENDED, Optional.empty(), Optional.of(now), Optional.of(ending));
            }
        });
    }

    private static InstanceRow row(
            Moved moved, String state, Optional<Instant> dueAt, Optional<Instant> endedAt, Optional<String> ending) {
        Progress progress = moved.progress();
        return new InstanceRow(
                progress.instance(), state, progress.halt().step(), dueAt, endedAt, ending, moved.data());
    }

    static InstanceRow read(ResultSet row) throws SQLException {
        Instance instance = new Instance(
                row.getObject("id", UUID.class),
                new Sandbox(row.getString("sandbox")),
                new JourneyVersion(
                        row.getObject("journey_id", UUID.class), row.getString("journey"), row.getInt("version")),
                StoredText.unescape(row.getString("profile_id")),
                row.getObject("started_at", OffsetDateTime.class).toInstant(),
                Optional.ofNullable(row.getObject("run_id", UUID.class)),
                row.getInt("steps"),
                InstanceData.read(row.getString("data")));
        return new InstanceRow(
                instance,
                row.getString("state"),
                row.getString("step"),
                time(row, "due_at"),
                time(row, "ended_at"),
                Optional.ofNullable(row.getString("ending")),
                row.getString("data"));
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static @Nullable OffsetDateTime stored(Optional<Instant> time) {
        return time.map(InstanceRow::stored).orElse(null);
    }

    static OffsetDateTime stored(Instant time) {
        return OffsetDateTime.ofInstant(time, ZoneOffset.UTC);
    }
}
