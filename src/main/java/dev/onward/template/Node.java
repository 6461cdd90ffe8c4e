package dev.onward.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.JsonBuffer;
import dev.onward.value.TypeCheck;

/** One step of a compiled template. Immutable; the arrays inside are never changed. */
sealed interface Node
        permits Node.Constant,
                Node.SeparatedConstant,
                Node.Hole,
                Node.OptionalHole,
                Node.OptionalText,
                Node.TextHole,
                Node.Each,
                Node.Block,
                FormNode {

    /**
     * Appends this step's part of the document.
     *
     * @throws TemplateException when the arguments do not fit
     */
    void write(Frame frame, JsonBuffer out);

    /** Bytes that are the same in every document. */
    record Constant(byte[] bytes) implements Node {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            out.raw(bytes);
        }
    }

    /** The same, and a comma before it if something was written before it in the same container. */
    record SeparatedConstant(byte[] bytes) implements Node {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            out.separator();
            out.raw(bytes);
        }
    }

    /** A value that is always written. */
    record Hole(Path path, ValueForm form, byte[] standIn) implements Node {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            JsonNode value = path.value(frame);
            if (value.isNull()) {
                out.raw(standIn);
            } else {
                form.write(value, out);
            }
        }
    }

    /** A value that is left out when it is null, with what leads up to it: a member's name and colon, or nothing. */
    record OptionalHole(byte[] lead, Path path, ValueForm form) implements Node {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            JsonNode value = path.value(frame);
            if (!value.isNull()) {
                out.separator();
                out.raw(lead);
                form.write(value, out);
            }
        }
    }

    /** The same for a value declared a text: most are, and to know it beforehand saves asking for its type. */
    record OptionalText(byte[] lead, Path path) implements Node {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            String text = path.value(frame).textValue();
            if (text != null) {
                out.separator();
                out.raw(lead);
                out.string(text);
            }
        }
    }

    /** A value inside a text. */
    record TextHole(Path path) implements Node {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            JsonNode value = path.value(frame);
            switch (value.getNodeType()) {
                case NUMBER, BOOLEAN -> out.value(value);
                default -> out.text(ValueText.of(value));
            }
        }
    }

    /** The same body for each element of a list. */
    record Each(String clause, Path list, int slot, Block body) implements Node {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            JsonNode elements = list.value(frame);
            if (!elements.isArray() && !elements.isNull()) {
                throw new TemplateException(
                        TemplateIssue.EACH_NEEDS_LIST,
                        "'" + clause + "' needs an array, found " + TypeCheck.found(elements));
            }
            for (int i = 0; i < elements.size(); i++) {
                frame.bind(slot, elements.get(i));
                body.write(frame, out);
            }
        }
    }

    /** Steps in order; the result's length is checked after each. */
    record Block(Node[] steps) implements Node {
        @Override
        public void write(Frame frame, JsonBuffer out) {
            for (Node step : steps) {
                step.write(frame, out);
                frame.requireWithinLimit(out.size());
            }
        }
    }
}
