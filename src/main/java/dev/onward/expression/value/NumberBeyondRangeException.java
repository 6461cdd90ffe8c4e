package dev.onward.expression.value;

/** The data holds a number that is neither an integer of 64 bits nor a finite double. */
public final class NumberBeyondRangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NumberBeyondRangeException() {
        super("a number is outside of -2^63 to 2^63-1, or of what a double holds");
    }
}
