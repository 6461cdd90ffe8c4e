package dev.onward.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The types of parameters and of sample fields, named as clients write them. A null is of every type.
 *
 * <p>There is no conversion: the only widening is integer to decimal, and ISO-8601 text where a date, a time or a
 * duration is declared.
 */
public enum ValueType {
    STRING("string", "text", JsonNode::isTextual),
    INTEGER("integer", "a whole number from -2^63 to 2^63-1", ValueType::isInteger),
    DECIMAL("decimal", "a number", JsonNode::isNumber),
    BOOLEAN("boolean", "true or false", JsonNode::isBoolean),
    DATE_TIME("dateTime", "ISO-8601 text with an offset, such as 2026-01-31T10:00:00Z", IsoText::isDateTime),
    DATE_TIME_ONLY("dateTimeOnly", "ISO-8601 text without an offset, such as 2026-01-31T10:00:00", IsoText::isLocal),
    DATE_ONLY("dateOnly", "ISO-8601 text such as 2026-01-31", IsoText::isDate),
    DURATION("duration", "ISO-8601 text such as PT5M", IsoText::isDuration),
    OBJECT("object", "an object", JsonNode::isObject),
    ANY("any", "any JSON value", value -> true),
    LIST_STRING("listString", STRING),
    LIST_INTEGER("listInteger", INTEGER),
    LIST_DECIMAL("listDecimal", DECIMAL),
    LIST_BOOLEAN("listBoolean", BOOLEAN),
    LIST_DATE_TIME("listDateTime", DATE_TIME),
    LIST_DATE_TIME_ONLY("listDateTimeOnly", DATE_TIME_ONLY),
    LIST_DATE_ONLY("listDateOnly", DATE_ONLY),
    LIST_DURATION("listDuration", DURATION),
    LIST_OBJECT("listObject", OBJECT),
    LIST_ANY("listAny", ANY);

    private static final Map<String, ValueType> BY_WIRE_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(ValueType::wireName, Function.identity()));

    private final String wireName;
    private final String meaning;
    private final Predicate<JsonNode> accepts;
    private final Optional<ValueType> element;

    ValueType(String wireName, String meaning, Predicate<JsonNode> accepts) {
        this.wireName = wireName;
        this.meaning = meaning;
        this.accepts = accepts;
        this.element = Optional.empty();
    }

    ValueType(String wireName, ValueType element) {
        this.wireName = wireName;
        this.meaning = "an array, each element null or " + element.meaning;
        this.accepts = JsonNode::isArray;
        this.element = Optional.of(element);
    }

    /** The type that clients write as {@code name}, or empty when there is none. */
    public static Optional<ValueType> of(String name) {
        return Optional.ofNullable(BY_WIRE_NAME.get(name));
    }

    /** As clients write it: {@code listObject}. */
    public String wireName() {
        return wireName;
    }

    /** What a value of this type looks like, for a message: "a whole number from -2^63 to 2^63-1". */
    public String meaning() {
        return meaning;
    }

    public boolean isList() {
        return element.isPresent();
    }

    /** The type of a list's elements; empty for what is no list. */
    public Optional<ValueType> element() {
        return element;
    }

    /** Whether every value but null is a JSON string. */
    public boolean isText() {
        return switch (this) {
            case STRING, DATE_TIME, DATE_TIME_ONLY, DATE_ONLY, DURATION -> true;
            default -> false;
        };
    }

    /** True for {@code object} and {@code listObject}, which may declare fields. */
    public boolean hasFields() {
        return this == OBJECT || this == LIST_OBJECT;
    }

    /** Whether the value itself is of this type, its elements and fields aside; a null always is. */
    public boolean accepts(JsonNode value) {
        return value.isNull() || accepts.test(value);
    }

    /** The list type whose elements are of {@code element}; {@code listAny} when there is none. */
    public static ValueType listOf(ValueType element) {
        return Arrays.stream(values())
                .filter(type -> type.element.filter(element::equals).isPresent())
                .findFirst()
                .orElse(LIST_ANY);
    }

    private static boolean isInteger(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong();
    }
}
