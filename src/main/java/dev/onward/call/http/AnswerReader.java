package dev.onward.call.http;

import dev.onward.call.Answer;
import dev.onward.egress.Header;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** Collects one answer and counts its bytes. Not thread-safe. */
final class AnswerReader {

    static final int MAX_BODY_BYTES = 1024 * 1024;

    private static final int FIRST_FINAL_STATUS = 200;
    private static final int LAST_STATUS = 999;

    private final int status;
    private final List<Header> headers;
    private final Buffer body = Buffer.buffer();
    private final AnswerRoom room;
    private int taken;
    private boolean tooLarge;
    private boolean crowded;

    /** @param room that the body takes until {@link #release} */
    AnswerReader(HttpClientResponse head, AnswerRoom room) {
        this.room = room;
        this.status = head.statusCode();
        this.headers = list(head.headers());
        this.tooLarge = declaresTooMuch(head.headers());
    }

    private static List<Header> list(MultiMap headers) {
        List<Header> list = new ArrayList<>();
        headers.forEach((name, value) -> list.add(new Header(name, value)));
        return List.copyOf(list);
    }

    private static boolean declaresTooMuch(MultiMap headers) {
        try {
            String length = headers.get(HttpHeaders.CONTENT_LENGTH);
            return length != null && Long.parseLong(length.strip()) > MAX_BODY_BYTES;
        } catch (NumberFormatException illegal) {
            return false;
        }
    }

    void add(Buffer part) {
        if (body.length() + part.length() > MAX_BODY_BYTES) {
            tooLarge = true;
        } else if (room.tryTake(part.length())) {
            taken += part.length();
            body.appendBuffer(part);
        } else {
            crowded = true;
        }
    }

    /** Gives the room back: the answer was handed on or is not wanted. Repeatable. */
    void release() {
        room.giveBack(taken);
        taken = 0;
    }

    int status() {
        return status;
    }

    List<Header> headers() {
        return headers;
    }

    /** As far as it came. */
    byte[] body() {
        return body.getBytes();
    }

    /** Whether all answers together are more than there is room for. */
    boolean isCrowded() {
        return crowded;
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    /**
     * Whether the status can be that of an answer (RFC 9110 §15). Vert.x takes a 1xx that it does not know for the end,
     * although another answer follows it, and any number for a status.
     */
    boolean isFinal() {
        return status >= FIRST_FINAL_STATUS && status <= LAST_STATUS;
    }

    Answer answer() {
        return new Answer(status, headers, body());
    }
}
