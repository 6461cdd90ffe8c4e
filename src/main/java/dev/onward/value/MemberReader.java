package dev.onward.value;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Reads the members of one JSON object and notes every fault instead of stopping at the first: a wrong type, a value
 * out of range, and, at {@link #finish()}, each member that nobody asked for. A member that is null counts as absent.
 * What is faulty reads as empty, so that reading goes on. Not thread-safe.
 */
public final class MemberReader {

    private final JsonNode object;
    private final JsonPointer at;
    private final Issues issues;
    private final Set<String> known = new HashSet<>();

    private MemberReader(JsonNode object, JsonPointer at, Issues issues) {
        this.object = object;
        this.at = at;
        this.issues = issues;
    }

    /** A reader of {@code node}, or empty with an issue noted when it is no object. */
    public static Optional<MemberReader> of(JsonNode node, JsonPointer at, Issues issues) {
        if (!node.isObject()) {
            issues.error(at, ValueIssue.WRONG_TYPE, "an object is expected, found " + TypeCheck.found(node));
            return Optional.empty();
        }
        return Optional.of(new MemberReader(node, at, issues));
    }

    /** Where this object stands in the whole document. */
    public JsonPointer at() {
        return at;
    }

    public JsonPointer at(String member) {
        return at.appendProperty(member);
    }

    public Issues issues() {
        return issues;
    }

    /** Any value but null. */
    public Optional<JsonNode> any(String member) {
        known.add(member);
        JsonNode value = object.get(member);
        return value == null || value.isNull() ? Optional.empty() : Optional.of(value);
    }

    /** Any value, null included; empty only when the member is absent. */
    public Optional<JsonNode> present(String member) {
        known.add(member);
        return Optional.ofNullable(object.get(member));
    }

    public Optional<String> string(String member) {
        return typed(member, JsonNode::isTextual, "text").map(JsonNode::textValue);
    }

    /** Text that matches the whole of {@code pattern}. */
    public Optional<String> string(String member, Pattern pattern) {
        return string(member).filter(text -> {
            boolean matches = pattern.matcher(text).matches();
            if (!matches) {
                issues.error(at(member), ValueIssue.BAD_FORMAT, "'" + member + "' must match " + pattern.pattern());
            }
            return matches;
        });
    }

    public Optional<Boolean> bool(String member) {
        return typed(member, JsonNode::isBoolean, "true or false").map(JsonNode::booleanValue);
    }

    /** A whole number within the bounds, both inclusive. */
    public Optional<Integer> integer(String member, int min, int max) {
        return typed(member, JsonNode::isIntegralNumber, "a whole number").flatMap(number -> {
            if (!number.canConvertToInt() || number.intValue() < min || number.intValue() > max) {
                String range = "'" + member + "' must be from " + min + " to " + max + ", found " + number.asText();
                issues.error(at(member), ValueIssue.OUT_OF_RANGE, range);
                return Optional.empty();
            }
            return Optional.of(number.intValue());
        });
    }

    /** An ISO-8601 duration within the bounds, both inclusive. */
    public Optional<Duration> duration(String member, Duration min, Duration max) {
        return string(member).flatMap(text -> {
            Optional<Duration> duration = parse(text);
            if (duration.isEmpty()) {
                String message = "'" + member + "' must be an ISO-8601 duration such as PT5S";
                issues.error(at(member), ValueIssue.BAD_FORMAT, message);
            } else if (duration.get().compareTo(min) < 0 || duration.get().compareTo(max) > 0) {
                String message = "'" + member + "' must be from " + min + " to " + max + ", found " + duration.get();
                issues.error(at(member), ValueIssue.OUT_OF_RANGE, message);
                return Optional.empty();
            }
            return duration;
        });
    }

    /** One of the constants, each written as {@code wireName} gives it. */
    public <T> Optional<T> oneOf(String member, T[] constants, Function<T, String> wireName) {
        return string(member).flatMap(text -> {
            Optional<T> found = Arrays.stream(constants)
                    .filter(constant -> wireName.apply(constant).equals(text))
                    .findFirst();
            if (found.isEmpty()) {
                List<String> allowed = Arrays.stream(constants).map(wireName).toList();
                issues.error(at(member), ValueIssue.NOT_ALLOWED, "'" + member + "' must be one of " + allowed);
            }
            return found;
        });
    }

    public Optional<JsonNode> array(String member) {
        return typed(member, JsonNode::isArray, "an array");
    }

    public Optional<MemberReader> object(String member) {
        return any(member).flatMap(node -> of(node, at(member), issues));
    }

    /** A nested object that must be there. */
    public Optional<MemberReader> requireObject(String member) {
        return require(member, object(member));
    }

    /** The names of all members, in the document's order; none of them counts as unknown any more. */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        known.addAll(names);
        return names;
    }

    /** Takes note of what is required but absent. */
    public <T> Optional<T> require(String member, Optional<T> value) {
        if (value.isEmpty() && (object.get(member) == null || object.get(member).isNull())) {
            issues.error(at(member), ValueIssue.MISSING, "'" + member + "' is required");
        }
        return value;
    }

    /** Members that are accepted and not read: those that only answers show. */
    public void ignore(Set<String> members) {
        known.addAll(members);
    }

    /** Notes every member that was neither read nor ignored. */
    public void finish() {
        for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (!known.contains(name)) {
                String allowed = known.stream().sorted().toList().toString();
                issues.error(at(name), ValueIssue.UNKNOWN_MEMBER, "there is no such member; allowed are " + allowed);
            }
        }
    }

    private Optional<JsonNode> typed(String member, Predicate<JsonNode> is, String expected) {
        return any(member).filter(value -> {
            boolean right = is.test(value);
            if (!right) {
                String message = "'" + member + "' must be " + expected + ", found " + TypeCheck.found(value);
                issues.error(at(member), ValueIssue.WRONG_TYPE, message);
            }
            return right;
        });
    }

    private static Optional<Duration> parse(String text) {
        try {
            return Optional.of(Duration.parse(text));
        } catch (DateTimeParseException notIso) {
            return Optional.empty();
        }
    }
}
