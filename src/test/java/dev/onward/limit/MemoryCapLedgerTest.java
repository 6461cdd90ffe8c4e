package dev.onward.limit;

import dev.onward.testsupport.FakeTimer;
import java.time.Duration;

class MemoryCapLedgerTest extends CapLedgerContract {

    private final FakeTimer timer = new FakeTimer();
    private final MemoryCapLedger ledger = new MemoryCapLedger(timer);

    @Override
    CapLedger process() {
        return ledger.process();
    }

    @Override
    void passLease() {
        timer.advance(CapLedger.LEASE);
    }

    @Override
    void passPeriod() {
        timer.advance(Duration.ofMillis(1_001));
    }
}
