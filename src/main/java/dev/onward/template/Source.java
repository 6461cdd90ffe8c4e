package dev.onward.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.NullNode;

/** Where the value of a placeholder comes from. */
sealed interface Source {

    /** The value; a JSON null where nothing is found. */
    JsonNode value(Frame frame);

    /** No value at all. */
    record Nothing() implements Source {
        @Override
        public JsonNode value(Frame frame) {
            return NullNode.instance;
        }
    }

    /** A declared parameter. */
    record OfParameter(String name) implements Source {
        @Override
        public JsonNode value(Frame frame) {
            return frame.argument(name);
        }
    }

    /** The current element of a loop. */
    record OfLoop(int slot) implements Source {
        @Override
        public JsonNode value(Frame frame) {
            return frame.element(slot);
        }
    }

    /** A field of an object. */
    record Field(Source object, String name, JsonNode whenAbsent) implements Source {
        @Override
        public JsonNode value(Frame frame) {
            JsonNode value = object.value(frame).get(name);
            return value == null ? whenAbsent : value;
        }
    }

    /** How many elements a list or Unicode code points a text has; the field {@code size} of an object. */
    record Size(Source of) implements Source {
        @Override
        public JsonNode value(Frame frame) {
            JsonNode value = of.value(frame);
            return switch (value.getNodeType()) {
                case ARRAY -> IntNode.valueOf(value.size());
                case STRING -> IntNode.valueOf(characters(value.textValue()));
                case OBJECT -> value.has("size") ? value.get("size") : NullNode.instance;
                default -> NullNode.instance;
            };
        }

        private static int characters(String text) {
            return text.codePointCount(0, text.length());
        }
    }
}
