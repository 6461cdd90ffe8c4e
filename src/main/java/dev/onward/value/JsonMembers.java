package dev.onward.value;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes the members of one JSON object. A member without a value is left out. Text of any characters is taken: what
 * UTF-8 cannot carry is written as its escape. Not thread-safe.
 */
public final class JsonMembers {

    private final JsonBuffer json;
    private boolean first = true;

    private JsonMembers(JsonBuffer json) {
        this.json = json;
    }

    /** Appends one object whose members {@code writer} gives. */
    public static void object(JsonBuffer json, Consumer<JsonMembers> writer) {
        json.ascii('{');
        writer.accept(new JsonMembers(json));
        json.ascii('}');
    }

    /** Appends an array with one object per element. */
    public static <T> void array(JsonBuffer json, Iterable<T> elements, ElementWriter<T> writer) {
        json.ascii('[');
        boolean first = true;
        for (T element : elements) {
            if (!first) {
                json.ascii(',');
            }
            first = false;
            object(json, members -> writer.write(element, members));
        }
        json.ascii(']');
    }

    public JsonMembers text(String name, String value) {
        name(name);
        json.string(value);
        return this;
    }

    public JsonMembers text(String name, Optional<String> value) {
        value.ifPresent(text -> text(name, text));
        return this;
    }

    public JsonMembers number(String name, long value) {
        name(name);
        json.digits(value);
        return this;
    }

    /** Any JSON value. */
    public JsonMembers value(String name, JsonNode value) {
        name(name);
        json.value(value);
        return this;
    }

    /** Whole milliseconds. */
    public JsonMembers millis(String name, Optional<Duration> value) {
        value.ifPresent(duration -> number(name, duration.toMillis()));
        return this;
    }

    public JsonMembers flag(String name, boolean value) {
        name(name);
        json.text(Boolean.toString(value));
        return this;
    }

    public JsonMembers nothing(String name) {
        name(name);
        json.text("null");
        return this;
    }

    public JsonMembers object(String name, Consumer<JsonMembers> writer) {
        name(name);
        object(json, writer);
        return this;
    }

    public <T> JsonMembers array(String name, Iterable<T> elements, ElementWriter<T> writer) {
        name(name);
        array(json, elements, writer);
        return this;
    }

    /**
     * Appends the members of another object.
     *
     * @param object compact JSON text of an object, in UTF-8
     */
    public JsonMembers membersOf(String object) {
        String members = object.substring(1, object.length() - 1);
        if (!members.isEmpty()) {
            separate();
            json.raw(members.getBytes(StandardCharsets.UTF_8));
        }
        return this;
    }

    private void name(String name) {
        separate();
        json.string(name);
        json.ascii(':');
    }

    private void separate() {
        if (!first) {
            json.ascii(',');
        }
        first = false;
    }

    /** Writes the members of one element. */
    public interface ElementWriter<T> {
        void write(T element, JsonMembers members);
    }
}
