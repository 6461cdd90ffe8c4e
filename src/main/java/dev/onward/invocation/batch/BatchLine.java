package dev.onward.invocation.batch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.JsonException;
import dev.onward.value.StrictJson;
import dev.onward.value.TypeCheck;
import dev.onward.value.ValueIssue;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** How the lines of a batch look. */
final class BatchLine {

    static final int MAX_BYTES = 1024 * 1024;

    private static final String KEY = "idempotencyKey";
    private static final byte[] REPLAYED = ",\"idempotentReplayed\":true}\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] END = "}\n".getBytes(StandardCharsets.US_ASCII);

    private BatchLine() {}

    /**
     * What a line asks for.
     *
     * @param document the invocation
     * @param idempotencyKey the client's name for it
     */
    record Asked(JsonNode document, Optional<String> idempotencyKey) {}

    /**
     * Reads a line.
     *
     * @param keyed whether it may name a key
     * @throws LineTooLongException when it is longer than the limit
     * @throws JsonException when it is no JSON document
     * @throws InvalidException when its key is no text
     */
    static Asked read(LineSplitter.Line line, boolean keyed) {
        JsonNode document = StrictJson.read(line.text().orElseThrow(LineTooLongException::new));
        if (keyed && document instanceof ObjectNode object && object.has(KEY)) {
            String key = key(object.get(KEY));
            object.remove(KEY);
            return new Asked(object, Optional.of(key));
        }
        return new Asked(document, Optional.empty());
    }

    private static String key(JsonNode given) {
        if (given.isTextual()) {
            return given.textValue();
        }
        String message = "'" + KEY + "' must be text, found " + TypeCheck.found(given);
        JsonPointer at = JsonPointer.empty().appendProperty(KEY);
        throw new InvalidException(List.of(new Issue(Issue.Severity.ERROR, at, ValueIssue.WRONG_TYPE, message)));
    }

    /** The answer of {@code invoke} with the line's number in front. */
    static byte[] answer(long number, InvocationAnswer answer) {
        byte[] front = ("{\"line\":" + number + ",").getBytes(StandardCharsets.US_ASCII);
        byte[] end = answer.replayed() ? REPLAYED : END;
        byte[] json = answer.json();
        byte[] line = new byte[front.length + json.length - 2 + end.length];
        System.arraycopy(front, 0, line, 0, front.length);
        System.arraycopy(json, 1, line, front.length, json.length - 2);
        System.arraycopy(end, 0, line, line.length - end.length, end.length);
        return line;
    }

    /** @param problem JSON text of an object */
    static byte[] problem(long number, byte[] problem) {
        byte[] front = ("{\"line\":" + number + ",\"problem\":").getBytes(StandardCharsets.US_ASCII);
        byte[] line = new byte[front.length + problem.length + END.length];
        System.arraycopy(front, 0, line, 0, front.length);
        System.arraycopy(problem, 0, line, front.length, problem.length);
        System.arraycopy(END, 0, line, line.length - END.length, END.length);
        return line;
    }
}
