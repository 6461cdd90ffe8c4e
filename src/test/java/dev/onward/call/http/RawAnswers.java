package dev.onward.call.http;

/** Answers in exact bytes. */
final class RawAnswers {

    static final String OK = ok("{}");

    private RawAnswers() {}

    static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }
}
