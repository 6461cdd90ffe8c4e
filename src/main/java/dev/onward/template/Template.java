package dev.onward.template;

import dev.onward.value.Arguments;
import dev.onward.value.JsonBuffer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;

/** A compiled JSON payload template. Immutable and thread-safe, but for a hint of how long the next result will be. */
public final class Template {

    private static final int FIRST_EXPECTED_BYTES = 512;

    private final Node root;
    private final int loopDepth;
    private final Set<String> usedParameters;

    /** Read and written without care for other threads: any value ever written is good enough. */
    private int expectedBytes = FIRST_EXPECTED_BYTES;

    Template(Node root, Findings findings) {
        this.root = root;
        this.loopDepth = findings.loopDepth();
        this.usedParameters = Collections.unmodifiableSet(new LinkedHashSet<>(findings.usedParameters()));
    }

    /**
     * The document as compact UTF-8 JSON, in an array that belongs to the caller.
     *
     * @throws TemplateException when it would be longer than 1 MiB, or an {@code any} that {@code $each} repeats over
     *     is no list
     */
    public byte[] render(Arguments arguments) {
        JsonBuffer out = new JsonBuffer(expectedBytes);
        root.write(new Frame(arguments, loopDepth), out);
        expectedBytes = out.size();
        return out.toByteArray();
    }

    /** The declared parameters that the template names, in the order of their first use. */
    public Set<String> usedParameters() {
        return usedParameters;
    }
}
