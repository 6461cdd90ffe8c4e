package dev.onward.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Arguments;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A compiled text with placeholders, for a header or query value. Immutable and thread-safe. */
public final class TextTemplate {

    /** A part of the text; empty when it has no value. */
    sealed interface Part {
        Optional<String> text(Frame frame);
    }

    record Literal(String text) implements Part {
        @Override
        public Optional<String> text(Frame frame) {
            return Optional.of(text);
        }
    }

    record Hole(Path path) implements Part {
        @Override
        public Optional<String> text(Frame frame) {
            JsonNode value = path.value(frame);
            return value.isNull() ? Optional.empty() : Optional.of(ValueText.of(value));
        }
    }

    /** What a JSON null in place of the text means. */
    record Nothing() implements Part {
        @Override
        public Optional<String> text(Frame frame) {
            return Optional.empty();
        }
    }

    private final List<Part> parts;
    private final FrameLayout layout;

    /** @param parts at least one */
    TextTemplate(List<Part> parts, FrameLayout layout) {
        this.parts = List.copyOf(parts);
        this.layout = layout;
    }

    /**
     * The text: a null becomes nothing, numbers and booleans their JSON text, lists and objects their compact JSON.
     * What comes out is not checked: it may hold any character and be of any length.
     *
     * @return empty when the whole text is one placeholder without a value, or the template is a JSON null
     */
    public Optional<String> render(Arguments arguments) {
        Frame frame = layout.frame(arguments);
        if (parts.size() == 1) {
            return parts.get(0).text(frame);
        }
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> part.text(frame).ifPresent(text::append));
        return Optional.of(text.toString());
    }

    /** The declared parameters that the text names, in the order of their first use. */
    public Set<String> usedParameters() {
        return layout.parameters();
    }
}
