package dev.onward.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.util.Arrays;

/**
 * Where the value of a placeholder comes from. Immutable; the array inside is never changed.
 *
 * @param slot of the frame: a parameter or the current element of a loop
 * @param fields from there, into objects
 * @param size whether the length of what is found is meant
 */
record Path(int slot, Field[] fields, boolean size) {

    private static final Field[] NO_FIELDS = {};

    /**
     * One step into an object.
     *
     * @param name interned, as the names of parsed documents are, so that looking it up compares no characters
     * @param whenAbsent the value of an object without this field
     */
    record Field(String name, JsonNode whenAbsent) {
        Field {
            name = name.intern();
        }
    }

    /** The value of a slot itself. */
    static Path of(int slot) {
        return new Path(slot, NO_FIELDS, false);
    }

    Path into(String field, JsonNode whenAbsent) {
        Field[] longer = Arrays.copyOf(fields, fields.length + 1);
        longer[fields.length] = new Field(field, whenAbsent);
        return new Path(slot, longer, false);
    }

    /** How many elements a list or Unicode code points a text has; the field {@code size} of an object. */
    Path sized() {
        return new Path(slot, fields, true);
    }

    /** The value; a JSON null where nothing is found. */
    JsonNode value(Frame frame) {
        JsonNode value = frame.get(slot);
        for (Field field : fields) {
            JsonNode found = value.get(field.name());
            value = found == null ? field.whenAbsent() : found;
        }
        return size ? sizeOf(value) : value;
    }

    private static JsonNode sizeOf(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> IntNode.valueOf(value.size());
            case STRING -> IntNode.valueOf(codePoints(value.textValue()));
            case OBJECT -> value.has("size") ? value.get("size") : NullNode.instance;
            default -> NullNode.instance;
        };
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }
}
