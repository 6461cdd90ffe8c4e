package dev.onward.dispatch;

import dev.onward.call.CallId;
import dev.onward.dispatch.store.CallEnds;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Somebody who waits for calls, remembers what was told, and can be made to fail. It writes a row for each end in the
 * transaction that tells of it, so that a test sees which of these were committed. Thread-safe.
 */
public class ListeningEnds implements CallEnds {

    private final List<CallEnd> told = new CopyOnWriteArrayList<>();
    private final List<CallEnd> committed = new CopyOnWriteArrayList<>();
    private final Set<CallId> refusedOnce = ConcurrentHashMap.newKeySet();
    private final AtomicInteger brokenHooks = new AtomicInteger();

    /** Makes the table that it writes, empty. */
    public static void prepare(Jdbi jdbi) {
        jdbi.useHandle(handle -> {
            handle.execute("CREATE TABLE IF NOT EXISTS onward.heard_end (call_id uuid)");
            handle.execute("TRUNCATE onward.heard_end");
        });
    }

    /** The calls whose ends it wrote in transactions that were committed, each as often as that. */
    public static List<CallId> written(Jdbi jdbi) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT call_id FROM onward.heard_end")
                .mapTo(UUID.class)
                .map(CallId::new)
                .list());
    }

    /** The next transaction that ends the call fails. */
    public void refuseOnce(CallId call) {
        refusedOnce.add(call);
    }

    /** What is to be done after the next commit throws. */
    public void breakNextHook() {
        brokenHooks.incrementAndGet();
    }

    /** What was told, whether or not it was committed. */
    public List<CallEnd> told() {
        return told;
    }

    /** Whose hook after the commit was called. */
    public List<CallEnd> committed() {
        return committed;
    }

    public List<CallEnd> told(CallId call) {
        return told.stream().filter(end -> end.call().id().equals(call)).toList();
    }

    public List<CallEnd> committed(CallId call) {
        return committed.stream().filter(end -> end.call().id().equals(call)).toList();
    }

    @Override
    public Runnable ended(Handle handle, List<CallEnd> ends) throws SQLException {
        told.addAll(ends);
        for (CallEnd end : ends) {
            handle.execute(
                    "INSERT INTO onward.heard_end VALUES (?)", end.call().id().uuid());
        }
        for (CallEnd end : ends) {
            if (refusedOnce.remove(end.call().id())) {
                throw new IllegalStateException("made to fail");
            }
        }
        return () -> {
            committed.addAll(ends);
            if (brokenHooks.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                throw new IllegalStateException("made to fail after the commit");
            }
        };
    }
}
