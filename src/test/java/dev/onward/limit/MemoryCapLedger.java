package dev.onward.limit;

import dev.onward.testsupport.FakeTimer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A ledger in memory, and the processes that use it. Not thread-safe. */
final class MemoryCapLedger {

    private final FakeTimer timer;
    private final List<Row> rows = new ArrayList<>();
    private boolean down;

    MemoryCapLedger(FakeTimer timer) {
        this.timer = timer;
    }

    /** Whether it cannot be reached now. */
    void down(boolean now) {
        down = now;
    }

    CapLedger process() {
        return new Member();
    }

    private static final class Row {

        private final String cap;
        private final Member process;
        private int share;
        private int wanted;
        private long periodNanos;
        private long leaseUntil;

        private Row(String cap, Member process) {
            this.cap = cap;
            this.process = process;
        }
    }

    private final class Member implements CapLedger {

        @Override
        public Map<String, Standing> renew() {
            reach();
            rows.stream().filter(row -> row.process == this).forEach(this::extend);
            Map<String, Standing> standings = new HashMap<>();
            rows.stream().filter(row -> row.process == this).forEach(row -> standings.put(row.cap, standing(row.cap)));
            return standings;
        }

        @Override
        public Standing take(String cap, CappingRule.Rate rate, int wanted) {
            reach();
            rows.removeIf(row -> row.cap.equals(cap) && row.leaseUntil + row.periodNanos - timer.nanoTime() < 0);
            Row own = rows.stream()
                    .filter(row -> row.process == this && row.cap.equals(cap))
                    .findFirst()
                    .orElseGet(() -> added(cap));
            int granted = standing(cap).grant(rate.most(), wanted);
            own.share += granted;
            own.wanted = wanted - granted;
            own.periodNanos = Math.max(
                    own.periodNanos, Duration.ofMillis(rate.periodMillis()).toNanos());
            extend(own);
            return standing(cap);
        }

        private Row added(String cap) {
            Row row = new Row(cap, this);
            rows.add(row);
            return row;
        }

        @Override
        public void lower(String cap, int share) {
            reach();
            rows.stream()
                    .filter(row -> row.process == this && row.cap.equals(cap))
                    .forEach(row -> {
                        row.share = Math.min(row.share, share);
                        row.wanted = 0;
                    });
        }

        @Override
        public void drop(String cap) {
            reach();
            rows.removeIf(row -> row.process == this && row.cap.equals(cap));
        }

        @Override
        public void leave() {
            reach();
            rows.stream().filter(row -> row.process == this).forEach(row -> {
                row.leaseUntil = timer.nanoTime();
                row.wanted = 0;
            });
        }

        private void reach() {
            if (down) {
                throw new IllegalStateException("the ledger is down");
            }
        }

        private void extend(Row row) {
            row.leaseUntil = timer.nanoTime() + LEASE.toNanos();
        }

        private Standing standing(String cap) {
            int share = 0;
            int all = 0;
            int others = 0;
            int wanted = 0;
            for (Row row : rows) {
                boolean isOther = row.process != this && row.leaseUntil - timer.nanoTime() > 0;
                if (row.cap.equals(cap)) {
                    share += row.process == this ? row.share : 0;
                    all += row.share;
                    others += isOther ? 1 : 0;
                    wanted += isOther ? row.wanted : 0;
                }
            }
            return new Standing(share, all, others, wanted);
        }
    }
}
