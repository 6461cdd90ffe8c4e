package dev.onward.call;

/** Hears when an attempt leaves. Called on any thread, one call after another, and not after the attempt has ended. */
public interface Departure {

    /** Of an attempt about whose departure nobody asks. */
    Departure UNHEARD = new Departure() {};

    /** The request was written to its connection: until now it may have been held up. */
    default void departed() {}

    /** It is sent once more, on another connection: it departs after this, whether or not it had departed before. */
    default void repeats() {}
}
