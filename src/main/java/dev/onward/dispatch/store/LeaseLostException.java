package dev.onward.dispatch.store;

/** This process's lease is over: its calls are or will be another's, and it may claim no more under this name. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public LeaseLostException() {
        super("the lease of this process is over");
    }
}
