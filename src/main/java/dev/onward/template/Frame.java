package dev.onward.template;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.onward.value.Arguments;
import java.util.Arrays;

/** What one rendering knows: the arguments and the current element of each loop that is open. Not thread-safe. */
final class Frame {

    static final int MAX_RESULT_BYTES = 1024 * 1024;

    private static final JsonNode[] NO_LOOPS = {};

    private final Arguments arguments;
    private final JsonNode[] elements;
    private int turns;

    Frame(Arguments arguments, int loopDepth) {
        this.arguments = arguments;
        this.elements = loopDepth == 0 ? NO_LOOPS : new JsonNode[loopDepth];
        Arrays.fill(elements, NullNode.instance);
    }

    JsonNode argument(String parameter) {
        return arguments.get(parameter);
    }

    JsonNode element(int slot) {
        return elements[slot];
    }

    /**
     * Begins a loop's next turn.
     *
     * @throws TemplateException when there were more turns than a result may have bytes: nested loops that write
     *     nothing would otherwise run for hours
     */
    void bind(int slot, JsonNode element) {
        elements[slot] = element;
        turns++;
        requireWithinLimit(turns);
    }

    /** @throws TemplateException when a result of so many bytes is too long */
    void requireWithinLimit(int resultBytes) {
        if (resultBytes > MAX_RESULT_BYTES) {
            throw new TemplateException(
                    TemplateIssue.RESULT_TOO_LARGE,
                    "these arguments make the document longer than " + MAX_RESULT_BYTES + " bytes");
        }
    }
}
