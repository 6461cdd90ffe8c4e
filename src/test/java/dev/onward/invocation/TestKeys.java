package dev.onward.invocation;

import dev.onward.database.Database;

/** Makes the store of idempotency keys without a container. */
public final class TestKeys {

    private TestKeys() {}

    public static AcceptedKeys of(Database database) {
        return new AcceptedKeys(new JdbiIdempotencyStore(database));
    }
}
