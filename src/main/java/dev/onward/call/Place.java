package dev.onward.call;

/** The right to be one of a bounded number, until it is given back. Thread-safe. */
public interface Place {

    /** Gives the place back. Repeatable; only the first time counts. */
    void giveBack();
}
