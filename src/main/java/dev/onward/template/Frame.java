package dev.onward.template;

import com.fasterxml.jackson.databind.JsonNode;

/** What one rendering knows: the used parameters and the current element of each open loop. Not thread-safe. */
final class Frame {

    static final int MAX_RESULT_BYTES = 1024 * 1024;

    private final JsonNode[] slots;
    private int turns;

    Frame(JsonNode[] slots) {
        this.slots = slots;
    }

    JsonNode get(int slot) {
        return slots[slot];
    }

    /**
     * Begins a loop's next turn.
     *
     * @throws TemplateException when there were more turns than a result may have bytes: nested loops that write
     *     nothing would otherwise run for hours
     */
    void bind(int slot, JsonNode element) {
        slots[slot] = element;
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
