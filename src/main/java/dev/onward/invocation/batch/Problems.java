package dev.onward.invocation.batch;

import io.vertx.core.http.HttpServerRequest;

/** Tells failures as the whole API tells them (RFC 9457). Thread-safe. */
public interface Problems {

    /**
     * The problem of a failure. A failure that is no refusal is a bug: the operator's log gets it.
     *
     * @param path of the request, for {@code instance}
     * @return UTF-8 JSON text of an object
     */
    byte[] document(Throwable failure, String path);

    /** Answers a whole request with the failure's problem and closes the connection, whose body may be under way still. */
    void answer(Throwable failure, HttpServerRequest request);
}
