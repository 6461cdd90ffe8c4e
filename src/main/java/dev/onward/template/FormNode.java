package dev.onward.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.JsonBuffer;
import dev.onward.value.TypeCheck;

/** One step of a compiled form. Immutable; the arrays inside are never changed. */
sealed interface FormNode extends Node {

    /** The beginning of a pair, or all of it: the name, the equals sign and what is constant of the value. */
    record Opening(byte[] encoded) implements FormNode {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            open(encoded, out);
        }
    }

    /** A value inside a text. */
    record TextPart(Path path) implements FormNode {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            FormText.write(ValueText.of(path.value(frame)), out);
        }
    }

    /**
     * The pair of a value.
     *
     * @param lead the name and the equals sign
     * @param showsNull whether no value gives an empty one, or no pair
     */
    record Value(byte[] lead, Path path, boolean showsNull) implements FormNode {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            pair(lead, path.value(frame), showsNull, out);
        }
    }

    /** The same where a list may come, which gives a pair per element. */
    record Values(byte[] lead, Path path, boolean showsNull, boolean showsNullElements) implements FormNode {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            JsonNode value = path.value(frame);
            if (!value.isArray()) {
                pair(lead, value, showsNull, out);
                return;
            }
            for (int i = 0; i < value.size(); i++) {
                pair(lead, value.get(i), showsNullElements, out);
                frame.requireWithinLimit(out.size());
            }
        }
    }

    private static void pair(byte[] lead, JsonNode value, boolean showsNull, JsonBuffer out) {
        if (value.isContainerNode()) {
            throw new TemplateException(
                    TemplateIssue.FORM_NOT_FLAT,
                    "a value of a form must be text, a number, a boolean or a list of those, found "
                            + TypeCheck.found(value));
        }
        if (!value.isNull() || showsNull) {
            open(lead, out);
            FormText.write(ValueText.of(value), out);
        }
    }

    private static void open(byte[] lead, JsonBuffer out) {
        if (out.size() > 0) {
            out.ascii('&');
        }
        out.raw(lead);
    }
}
