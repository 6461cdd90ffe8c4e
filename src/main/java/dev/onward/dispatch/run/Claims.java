package dev.onward.dispatch.run;

import dev.onward.dispatch.store.Claim;
import dev.onward.dispatch.store.LeaseLostException;
import dev.onward.dispatch.store.QueueStore;
import dev.onward.dispatch.store.QueueStore.Want;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What this process has claimed and not yet written the result of. A claim whose answer is lost may be on disk: it is
 * looked for before the next. Blocking, thread-safe: claims follow one another.
 */
final class Claims {

    private final QueueStore store;
    private final OwnLanes lanes;

    /** Guarded by itself, so that an end need not wait for a claim. */
    private final Set<Claim.Id> known = new HashSet<>();

    private boolean doubtful;

    private interface Take {
        List<Claim> run() throws SQLException;
    }

    Claims(QueueStore store, OwnLanes lanes) {
        this.store = store;
        this.lanes = lanes;
    }

    /** Takes calls as {@link QueueStore#claim} does, those of {@link OwnLanes} alone. */
    synchronized List<Claim> take(UUID worker, List<Want> wants) throws SQLException {
        List<Want> own = lanes.among(worker, wants);
        return own.isEmpty() ? List.of() : noted(() -> store.claim(worker, own));
    }

    /** Takes calls as {@link QueueStore#claimTooOld} does. */
    synchronized List<Claim> takeTooOld(UUID worker, Instant now, int most) throws SQLException {
        return noted(() -> store.claimTooOld(worker, now, most));
    }

    /** What was claimed without an answer; without asking the database when every claim had one. */
    synchronized List<Claim> unanswered(UUID worker) throws SQLException {
        if (!doubtful) {
            return List.of();
        }
        List<Claim> found = noted(() -> store.unanswered(worker, known()));
        doubtful = false;
        return found;
    }

    /** The result of a claim is written. */
    void ended(Claim claim) {
        synchronized (known) {
            known.remove(claim.id());
        }
    }

    private List<Claim> noted(Take take) throws SQLException {
        List<Claim> taken;
        try {
            taken = take.run();
        } catch (LeaseLostException nothing) {
            throw nothing;
        } catch (SQLException | RuntimeException unclear) {
            doubtful = true;
            throw unclear;
        }
        synchronized (known) {
            taken.forEach(claim -> known.add(claim.id()));
        }
        return taken;
    }

    private List<Claim.Id> known() {
        synchronized (known) {
            return List.copyOf(known);
        }
    }
}
