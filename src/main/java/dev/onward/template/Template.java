package dev.onward.template;

import dev.onward.value.Arguments;
import dev.onward.value.JsonBuffer;
import dev.onward.value.SpareBuffer;
import java.util.Set;

/** A compiled payload template: of a JSON document, or of a form. Immutable and thread-safe. */
public final class Template {

    private static final int EXPECTED_BYTES = 512;

    /** A longer buffer is not kept: there may be many templates. */
    private static final int MAX_KEPT_BYTES = 16 * 1024;

    private final Node root;
    private final FrameLayout layout;

    private final SpareBuffer spare = new SpareBuffer(EXPECTED_BYTES, MAX_KEPT_BYTES);

    Template(Node root, FrameLayout layout) {
        this.root = root;
        this.layout = layout;
    }

    /**
     * The document as compact UTF-8 JSON, or the form as ASCII, in an array that belongs to the caller.
     *
     * @throws TemplateException when it would be longer than 1 MiB, an {@code any} that {@code $each} repeats over is
     *     no list, or a value cannot stand in a form
     */
    public byte[] render(Arguments arguments) {
        JsonBuffer out = spare.take();
        root.write(layout.frame(arguments), out);
        byte[] document = out.toByteArray();
        spare.giveBack(out);
        return document;
    }

    /** The declared parameters that the template names, in the order of their first use. */
    public Set<String> usedParameters() {
        return layout.parameters();
    }
}
