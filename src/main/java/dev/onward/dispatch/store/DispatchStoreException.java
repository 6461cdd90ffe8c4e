package dev.onward.dispatch.store;

import java.sql.SQLException;

/** The database did not do what was asked; the cause tells whether it may do it later. */
public final class DispatchStoreException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DispatchStoreException(SQLException cause) {
        super("the queue of durable calls could not be used", cause);
    }
}
