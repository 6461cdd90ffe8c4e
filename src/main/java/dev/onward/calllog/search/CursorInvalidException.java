package dev.onward.calllog.search;

/** The cursor was not given by this API: problem {@code cursor-invalid}. */
public final class CursorInvalidException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CursorInvalidException() {
        super("the cursor is not one that this API gave; take it from \"next\" of the page before, or leave it out");
    }
}
