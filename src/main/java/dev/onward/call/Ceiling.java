package dev.onward.call;

/**
 * How many calls a process makes at once, and the places for them.
 *
 * @param maxInFlight 1 to {@value #MAX}
 */
public record Ceiling(int maxInFlight, Places places) {

    public static final int MAX = 1_000_000;

    /** Where an operator sets it. */
    public static final String KEY = "onward.call.max-in-flight";

    public Ceiling {
        if (maxInFlight < 1 || maxInFlight > MAX) {
            throw new IllegalArgumentException(KEY + " must be from 1 to " + MAX + ", found " + maxInFlight);
        }
    }

    /** A ceiling below which every place is free. */
    public static Ceiling of(int maxInFlight) {
        return new Ceiling(maxInFlight, new Places());
    }
}
