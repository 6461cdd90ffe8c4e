package dev.onward.template;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is written where a whole-string placeholder has no value (null, or absent).
 *
 * <table>
 * <caption>What a placeholder without a value becomes</caption>
 * <tr><th>where</th><th>{@code omit}</th><th>{@code send}</th><th>{@code keep}</th></tr>
 * <tr><td>value of a member</td><td>member left out</td><td>{@code null}</td><td>{@code null}</td></tr>
 * <tr><td>element of an array, {@code $value}</td><td>left out</td><td>left out</td><td>{@code null}</td></tr>
 * <tr><td>the whole document</td><td>{@code null}</td><td>{@code null}</td><td>{@code null}</td></tr>
 * <tr><td>anywhere, declared a list</td><td>as above</td><td>{@code []}</td><td>as above</td></tr>
 * <tr><td>inside the value of a list of scalars</td><td>left out</td><td>left out</td><td>{@code null}</td></tr>
 * </table>
 *
 * A {@code null} that the template itself spells out is sent in every mode. The content of an object, of a
 * {@code listObject} and of a {@code listAny} is passed on as it came.
 *
 * <p>In a form, which knows neither nulls nor lists, {@code null} is an empty value, and an empty list is nothing.
 */
public enum NullMode {
    OMIT("omit"),
    SEND("send"),
    KEEP("keep");

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_LIST = "[]".getBytes(StandardCharsets.US_ASCII);

    private final String wireName;

    NullMode(String wireName) {
        this.wireName = wireName;
    }

    /** As clients write it: {@code omit}. */
    public String wireName() {
        return wireName;
    }

    /** Where a value stands. */
    enum Position {
        ROOT,
        MEMBER,
        ELEMENT
    }

    /** What is written in place of no value; empty when nothing is, not even the member's name. */
    Optional<byte[]> standIn(Position position, Shape shape) {
        if (this == SEND && shape.isList()) {
            return Optional.of(EMPTY_LIST);
        }
        return leavesOut(position) ? Optional.empty() : Optional.of(NULL);
    }

    /** Whether a form, which has no lists, shows a value that is absent. */
    boolean showsNull(Position position, Shape shape) {
        return !(this == SEND && shape.isList()) && !leavesOut(position);
    }

    /** Whether a form shows the null elements of a list. */
    boolean showsNullElements() {
        return this == KEEP;
    }

    /** How a value of this shape is written. */
    ValueForm formOf(Shape shape) {
        return this != KEEP && shape.isScalarList() ? ValueForm.WITHOUT_NULLS : ValueForm.AS_IT_CAME;
    }

    private boolean leavesOut(Position position) {
        return switch (position) {
            case ROOT -> false;
            case MEMBER -> this == OMIT;
            case ELEMENT -> this != KEEP;
        };
    }
}
