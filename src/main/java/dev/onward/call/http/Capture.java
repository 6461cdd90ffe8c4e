package dev.onward.call.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.CapturedMessage;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonException;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes of messages what the log may keep: redacted, then cut. Any bytes will do; nothing throws. Thread-safe. */
final class Capture {

    static final int MAX_BODY_BYTES = 8 * 1024;

    /** Of one UTF-8 character. */
    private static final int MAX_CONTINUATIONS = 3;

    private static final String NOT_KEPT =
            "(not kept: the body is not a whole JSON document, so that its places to redact cannot be found)";

    private final Redaction redaction;

    Capture(Redaction redaction) {
        this.redaction = redaction;
    }

    String url(Destination destination) {
        return redaction.url(destination.url());
    }

    /**
     * Captures a message.
     *
     * @param body empty for none; read as UTF-8, what is not becomes U+FFFD
     */
    CapturedMessage message(List<Header> headers, byte[] body) {
        List<Header> shown = new ArrayList<>(headers.size());
        for (Header header : headers) {
            shown.add(redaction.header(header));
        }
        if (body.length == 0 || !redaction.bodies().keep()) {
            return new CapturedMessage(shown, Optional.empty(), false);
        }
        return redaction.bodies().redact().isEmpty() ? cut(shown, redaction.bytes(body)) : redacted(shown, body);
    }

    private CapturedMessage redacted(List<Header> shown, byte[] body) {
        try {
            JsonNode document = redaction.document(StrictJson.read(body));
            JsonBuffer buffer = new JsonBuffer(body.length);
            buffer.value(document);
            return cut(shown, redaction.bytes(buffer.toByteArray()));
        } catch (JsonException notJson) {
            return new CapturedMessage(shown, Optional.of(NOT_KEPT), false);
        }
    }

    private CapturedMessage cut(List<Header> shown, byte[] body) {
        int end = body.length <= MAX_BODY_BYTES ? body.length : characterBoundary(body);
        String text = new String(body, 0, end, StandardCharsets.UTF_8);
        return new CapturedMessage(shown, Optional.of(text), end < body.length);
    }

    /** The greatest cut within the limit that splits no UTF-8 character; a run of stray bytes is cut as it is. */
    private static int characterBoundary(byte[] body) {
        int end = MAX_BODY_BYTES;
        while (end > MAX_BODY_BYTES - MAX_CONTINUATIONS && isContinuation(body[end])) {
            end--;
        }
        return isContinuation(body[end]) ? MAX_BODY_BYTES : end;
    }

    private static boolean isContinuation(byte value) {
        return (value & 0xC0) == 0x80;
    }
}
