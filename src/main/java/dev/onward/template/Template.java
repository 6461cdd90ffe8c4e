package dev.onward.template;

import dev.onward.value.Arguments;
import dev.onward.value.JsonBuffer;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A compiled payload template: of a JSON document, or of a form. Immutable and thread-safe. */
public final class Template {

    private static final int EXPECTED_BYTES = 512;

    /** A longer buffer is not kept: there may be many templates. */
    private static final int MAX_KEPT_BYTES = 16 * 1024;

    private final Node root;
    private final FrameLayout layout;

    /** The buffer of an earlier rendering, for the next one; whoever takes it has it alone. */
    private final AtomicReference<@Nullable JsonBuffer> spare = new AtomicReference<>();

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
        JsonBuffer out = takeBuffer();
        root.write(layout.frame(arguments), out);
        byte[] document = out.toByteArray();
        giveBack(out);
        return document;
    }

    /** The declared parameters that the template names, in the order of their first use. */
    public Set<String> usedParameters() {
        return layout.parameters();
    }

    private JsonBuffer takeBuffer() {
        JsonBuffer kept = spare.getAndSet(null);
        return kept == null ? new JsonBuffer(EXPECTED_BYTES) : kept;
    }

    private void giveBack(JsonBuffer buffer) {
        if (buffer.capacity() <= MAX_KEPT_BYTES) {
            buffer.clear();
            spare.set(buffer);
        }
    }
}
