package dev.onward.call;

import com.fasterxml.jackson.core.JsonPointer;
import java.util.List;

/**
 * What of the bodies the log may keep.
 *
 * @param keep whether bodies are kept at all
 * @param redact places of a JSON body whose values are masked, in requests and answers alike
 */
public record BodyCapture(boolean keep, List<JsonPointer> redact) {

    /** Keeps whole bodies. */
    public static final BodyCapture FULL = new BodyCapture(true, List.of());

    public BodyCapture {
        redact = List.copyOf(redact);
    }
}
