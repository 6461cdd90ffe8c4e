package dev.onward.value;

import org.jspecify.annotations.Nullable;

/** A {@code cursor} that no list of ours gave out: problem {@code cursor-invalid}. */
public final class CursorInvalidException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CursorInvalidException(@Nullable Throwable cause) {
        super("the cursor is none that this list gave out; send the 'next' of an earlier answer, or none", cause);
    }
}
