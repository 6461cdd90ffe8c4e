package dev.onward.database;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;

/** Lets changes that depend on one another be made one after another, whichever process makes them. Thread-safe. */
@ApplicationScoped
public class ChangeLock {

    private final Database database;

    ChangeLock(Database database) {
        this.database = database;
    }

    /**
     * Makes a change while nobody makes another that has the same name. What it reads and writes in this thread is one
     * transaction. Blocking.
     *
     * @param name such as that of a sandbox
     * @param change when it throws, nothing of it stays
     */
    public <T> T alone(String name, Supplier<T> change) {
        return database.jdbi().inTransaction(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(hashtextextended(?, 7))", name);
            return change.get();
        });
    }

    /** As {@link #alone(String, Supplier)}, of what gives nothing. */
    public void alone(String name, Runnable change) {
        alone(name, () -> {
            change.run();
            return name;
        });
    }
}
