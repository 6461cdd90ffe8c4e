package dev.onward.limit;

import dev.onward.call.Timer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * This process's shares of all cappings: takes them when they are first needed, shows every second that it is alive, and
 * gives others what they want of it. Thread-safe; only what runs in its executor waits.
 */
final class CapShares {

    static final Duration BETWEEN_RENEWALS = Duration.ofSeconds(1);

    private static final Logger LOG = Logger.getLogger(CapShares.class);

    private final CapLedger ledger;
    private final Executor executor;
    private final Timer timer;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private volatile boolean closed;

    private record Held(CapShare share, IntSupplier used) {}

    /** @param executor for what blocks */
    CapShares(CapLedger ledger, Executor executor, Timer timer) {
        this.ledger = ledger;
        this.executor = executor;
        this.timer = timer;
    }

    /** Begins to show that this process is alive. */
    void begin() {
        timer.schedule(BETWEEN_RENEWALS, () -> executor.execute(this::renewAndGoOn));
    }

    /**
     * The share of a capping, of which nothing is known yet.
     *
     * @param cap its name in every process
     * @param used tells how many are in use
     */
    CapShare share(String cap, Supplier<CappingRule.Rate> rate, IntSupplier used) {
        CapShare share = new CapShare(cap, rate, timer);
        held.put(cap, new Held(share, used));
        return share;
    }

    /** Nothing is in use of the capping any more, and nothing will be. */
    void drop(CapShare share) {
        held.remove(share.cap());
        executor.execute(() -> attempt("give back a share", () -> ledger.drop(share.cap()), () -> {}));
    }

    /** Runs what is given when the ledger was asked for the share: at once, or later on another thread. */
    void whenKnown(CapShare share, Runnable next) {
        switch (share.first(next)) {
            case GO_ON -> next.run();
            case ASK -> executor.execute(() -> take(share, share.wanted()));
            case WAIT -> {}
        }
    }

    /** A slot was wanted and there was none. */
    void refused(CapShare share) {
        if (share.isAskedFor()) {
            executor.execute(() -> take(share, share.wanted()));
        }
    }

    /** Gives everything back: at once what is not in use, the rest when its last calls are a period old. Blocking. */
    void close() {
        closed = true;
        held.values().forEach(each -> {
            each.share().close();
            attempt(
                    "give back what is not in use",
                    () -> ledger.lower(each.share().cap(), each.used().getAsInt()),
                    () -> {});
        });
        attempt("give back all shares", ledger::leave, () -> {});
    }

    private void renewAndGoOn() {
        if (!closed) {
            renew();
            begin();
        }
    }

    private void renew() {
        if (held.isEmpty()) {
            return;
        }
        long asked = timer.nanoTime();
        attempt("renew shares", () -> renewed(ledger.renew(), asked), () -> {});
    }

    private void renewed(Map<String, CapLedger.Standing> standings, long askedAtNanos) {
        for (Held each : held.values()) {
            CapShare share = each.share();
            Optional<CapLedger.Standing> standing = Optional.ofNullable(standings.get(share.cap()));
            share.renewed(standing, askedAtNanos, each.used().getAsInt())
                    .ifPresent(step -> step.carryOut(wanted -> take(share, wanted), slots -> lower(each, slots)));
        }
    }

    /** How many are in use is asked after the limit was lowered: from now on it can be no more than that. */
    private void lower(Held held, int slots) {
        CapShare share = held.share();
        if (held.used().getAsInt() > slots) {
            share.postponed();
            return;
        }
        attempt(
                "lower a share",
                () -> {
                    ledger.lower(share.cap(), slots);
                    share.lowered(slots);
                },
                share::postponed);
    }

    private void take(CapShare share, int wanted) {
        long asked = timer.nanoTime();
        attempt(
                "take a share",
                () -> run(share.told(ledger.take(share.cap(), share.rate(), wanted), asked)),
                () -> run(share.failed()));
    }

    private static void run(List<Runnable> all) {
        all.forEach(Runnable::run);
    }

    private static void attempt(String what, Runnable work, Runnable otherwise) {
        try {
            work.run();
        } catch (RuntimeException failure) {
            LOG.debugf(failure, "cannot %s of a capping now", what);
            otherwise.run();
        }
    }
}
