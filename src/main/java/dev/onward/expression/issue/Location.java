package dev.onward.expression.issue;

/**
 * A part of an expression's source.
 *
 * @param line from 1
 * @param column in UTF-16 units, from 1
 * @param length in UTF-16 units; 0 at the end of the source
 */
public record Location(int line, int column, int length) {

    /** The start of the source. */
    public static final Location START = new Location(1, 1, 0);
}
