package dev.onward.dispatch.store;

import dev.onward.database.ArrayStatement;
import dev.onward.database.Database;
import dev.onward.database.StoredText;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Which process has a lane to itself, in {@code onward.dispatch_lane}. Blocking, thread-safe. */
@ApplicationScoped
public class LaneStore {

    /** In one order, whoever asks: nobody waits for one who waits for him. */
    private static final String OWN = """
            WITH wanted AS MATERIALIZED (SELECT * FROM unnest(?, ?, ?, ?) AS lane(sandbox, lane, action, journey)),
            taken AS (
                INSERT INTO onward.dispatch_lane (sandbox, lane, action, journey, worker)
                SELECT sandbox, lane, action, journey, ? FROM wanted ORDER BY sandbox, lane, action, journey
                ON CONFLICT DO NOTHING RETURNING sandbox, lane, action, journey)
            SELECT * FROM taken
            UNION ALL
            SELECT had.sandbox, had.lane, had.action, had.journey FROM onward.dispatch_lane had
                JOIN wanted USING (sandbox, lane, action, journey) WHERE had.worker = ?
            """;

    private final Jdbi jdbi;

    public LaneStore(Database database) {
        this.jdbi = database.jdbi();
    }

    /**
     * Takes lanes that nobody has. The worker keeps them until {@link QueueStore#takeOver} takes its calls away.
     *
     * @return those that are the worker's now, or were before
     * @throws LeaseLostException when the worker has no lease; nothing is taken then
     */
    public Set<Lane> own(UUID worker, Collection<Lane> lanes) throws SQLException {
        return jdbi.inTransaction(handle -> {
            QueueStore.requireLease(handle, worker);
            try (ArrayStatement<Lane> statement = new ArrayStatement<>(handle, OWN, List.copyOf(lanes))) {
                return new HashSet<>(statement
                        .column("text", lane -> lane.sandbox().name())
                        .column("text", Lane::origin)
                        .column("text", Lane::action)
                        .column("text", lane -> StoredText.escape(lane.journey()))
                        .value(worker)
                        .value(worker)
                        .query(DurableRow::lane));
            }
        });
    }
}
