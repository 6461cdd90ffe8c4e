package dev.onward.limit;

import dev.onward.testsupport.TestDatabase;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.extension.RegisterExtension;

class JdbiCapLedgerTest extends CapLedgerContract {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    @Override
    CapLedger process() {
        return new JdbiCapLedger(DATABASE.jdbi(), UUID.randomUUID());
    }

    @Override
    void passLease() {
        pass(CapLedger.LEASE);
    }

    @Override
    void passPeriod() {
        pass(Duration.ofMillis(1_001));
    }

    private static void pass(Duration time) {
        DATABASE.jdbi()
                .useHandle(handle -> handle.execute(
                        "update onward.cap_share set lease_until = lease_until - ? * interval '1 millisecond'",
                        time.toMillis()));
    }
}
