package dev.onward.database;

/**
 * Tells that the database, or the data directory under it, cannot be used. The message is meant for the operator: what
 * is wrong and the way out; never a password.
 */
public class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public DatabaseException(String message) {
        super(message);
    }

    public DatabaseException(String message, Throwable cause) {
        super(message, cause);
    }
}
