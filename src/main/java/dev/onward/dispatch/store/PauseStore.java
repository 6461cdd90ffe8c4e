package dev.onward.dispatch.store;

import dev.onward.action.DeletionListener;
import dev.onward.database.ChangeFeed;
import dev.onward.database.Database;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What is paused, in {@code onward.pause}. Blocking, thread-safe; every change is told to all processes. */
@ApplicationScoped
public class PauseStore implements DeletionListener {

    /** Of the feed of changes; the key is the sandbox. */
    public static final String TOPIC = "pause";

    private final Jdbi jdbi;
    private final ChangeFeed changes;

    public PauseStore(Database database, ChangeFeed changes) {
        this.jdbi = database.jdbi();
        this.changes = changes;
    }

    /** What can be paused. */
    public enum Kind {
        ACTION,
        /** By name, or by name and port. */
        HOST;

        private String stored() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Something that is paused. */
    public record Paused(Sandbox sandbox, Kind kind, String name) {}

    /** Since when it is paused. */
    public record Listed(Paused paused, Instant since) {}

    /** All that is paused in a sandbox, actions first, by name. */
    public List<Listed> list(Sandbox sandbox) {
        return jdbi.withHandle(handle -> handle.select(
                        "SELECT sandbox, kind, name, since FROM onward.pause WHERE sandbox = ? ORDER BY kind, name",
                        sandbox.name())
                .map((row, context) -> new Listed(
                        read(row), row.getObject("since", OffsetDateTime.class).toInstant()))
                .list());
    }

    /** All that is paused, in every sandbox. */
    public Set<Paused> all() {
        return new HashSet<>(
                jdbi.withHandle(handle -> handle.createQuery("SELECT sandbox, kind, name FROM onward.pause")
                        .map((row, context) -> read(row))
                        .list()));
    }

    /** Repeatable. */
    public void pause(Paused paused, Instant now) {
        jdbi.useTransaction(handle -> {
            handle.execute(
                    "INSERT INTO onward.pause (sandbox, kind, name, since) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
                    paused.sandbox().name(),
                    paused.kind().stored(),
                    paused.name(),
                    DurableRow.time(now));
            changes.publish(handle, TOPIC, paused.sandbox().name());
        });
    }

    /** Ends the pause: calls that an action's pause held back are claimable again, in their old place. Repeatable. */
    public void resume(Paused paused) {
        jdbi.useTransaction(handle -> resume(handle, paused));
    }

    /** Its pause ends with it: the calls that it held back are claimed, and end. */
    @Override
    public void deleted(Handle handle, Sandbox sandbox, String name) {
        resume(handle, new Paused(sandbox, Kind.ACTION, name));
    }

    private void resume(Handle handle, Paused paused) {
        handle.execute(
                "DELETE FROM onward.pause WHERE sandbox = ? AND kind = ? AND name = ?",
                paused.sandbox().name(),
                paused.kind().stored(),
                paused.name());
        if (paused.kind() == Kind.ACTION) {
            release(handle, paused);
        }
        changes.publish(handle, TOPIC, paused.sandbox().name());
    }

    /**
     * Makes calls claimable that are held although their action is not paused any more: they were claimed before the pause
     * ended and put back after it. Gives how many.
     */
    public int releaseForgotten() {
        return jdbi.withHandle(handle -> handle.execute("""
                UPDATE onward.durable_call d SET state = 'ready' WHERE d.state = 'held' AND NOT EXISTS (
                    SELECT FROM onward.pause p
                    WHERE p.sandbox = d.sandbox AND p.kind = 'action' AND p.name = d.action)"""));
    }

    private static Paused read(ResultSet row) throws SQLException {
        return new Paused(
                new Sandbox(row.getString("sandbox")),
                Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                row.getString("name"));
    }

    private static void release(Handle handle, Paused paused) {
        handle.execute(
                "UPDATE onward.durable_call SET state = 'ready' WHERE state = 'held' AND sandbox = ? AND action = ?",
                paused.sandbox().name(),
                paused.name());
    }
}
