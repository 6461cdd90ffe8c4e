package dev.onward.template;

import dev.onward.value.Arguments;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** A compiled text with placeholders, for a header or query value. Immutable and thread-safe. */
public final class TextTemplate {

    /** A part of the text. */
    sealed interface Part {
        void append(Frame frame, StringBuilder out);
    }

    record Literal(String text) implements Part {
        @Override
        public void append(Frame frame, StringBuilder out) {
            out.append(text);
        }
    }

    record Hole(Source source) implements Part {
        @Override
        public void append(Frame frame, StringBuilder out) {
            out.append(ValueText.of(source.value(frame)));
        }
    }

    private static final TextTemplate NOTHING =
            new TextTemplate(List.of(), Optional.of(new Source.Nothing()), new Findings());

    private final List<Part> parts;
    private final Optional<Source> whole;
    private final Set<String> usedParameters;

    /** @param whole the source of the one placeholder that the whole text is; empty when there is more to it */
    TextTemplate(List<Part> parts, Optional<Source> whole, Findings findings) {
        this.parts = List.copyOf(parts);
        this.whole = whole;
        this.usedParameters = Collections.unmodifiableSet(new LinkedHashSet<>(findings.usedParameters()));
    }

    /** A text that is always left out. */
    static TextTemplate nothing() {
        return NOTHING;
    }

    /**
     * The text: a null becomes nothing, numbers and booleans their JSON text, lists and objects their compact JSON.
     * What comes out is not checked: it may hold any character.
     *
     * @return empty when the whole text is one placeholder without a value, or the template is a JSON null
     */
    public Optional<String> render(Arguments arguments) {
        Frame frame = new Frame(arguments, 0);
        if (whole.filter(source -> source.value(frame).isNull()).isPresent()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> part.append(frame, text));
        return Optional.of(text.toString());
    }

    /** The declared parameters that the text names, in the order of their first use. */
    public Set<String> usedParameters() {
        return usedParameters;
    }
}
