package dev.onward.call.http;

import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.http.ConnectQueue.Target;
import dev.onward.call.http.ConnectQueue.Turn;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One request on one connection. The connection goes back to its pool only when the answer was read to its regular end;
 * in every other case the request is reset, which closes an HTTP/1.1 connection and a stream of an HTTP/2 one. Not
 * thread-safe: it is used on one context.
 */
final class Sending {

    private final RenderedRequest request;
    private final Target target;
    private final SandboxClients clients;
    private final Stopwatch stopwatch;
    private final Listener listener;
    private Optional<Grant> granted = Optional.empty();
    private Optional<AnswerReader> answer = Optional.empty();
    private boolean sent;
    private boolean streamless;
    private boolean unprocessed;
    private boolean reused;
    private boolean over;

    /** Hears the departure, if there is one, and the end, which comes once, unless the sending was abandoned. */
    interface Listener {

        /** The request was written. */
        void departed();

        void answered(AnswerReader answer);

        void failed(Sending failed, CallError error);
    }

    Sending(RenderedRequest request, Target target, SandboxClients clients, Stopwatch stopwatch, Listener listener) {
        this.request = request;
        this.target = target;
        this.clients = clients;
        this.stopwatch = stopwatch;
        this.listener = listener;
    }

    /** @param context on which everything happens, the call of this method too */
    void begin(Context context) {
        stopwatch.asked();
        Optional<Turn> atOnce =
                clients.connectQueue().enter(target, turn -> context.runOnContext(next -> hasWaited(turn)));
        if (atOnce.isPresent()) {
            connect(atOnce.get());
        } else {
            stopwatch.waits();
        }
    }

    private void hasWaited(Turn turn) {
        if (over) {
            turn.leave();
            return;
        }
        stopwatch.hasWaited();
        if (clients.isClosed()) {
            turn.leave();
            fail(Failures.CLOSING);
        } else {
            connect(turn);
        }
    }

    private void connect(Turn turn) {
        try {
            target.client().request(request.to(target.address())).onComplete(result -> connected(result, turn));
        } catch (RuntimeException bug) {
            turn.leave();
            fail(Failures.internal(bug));
        }
    }

    private void connected(AsyncResult<HttpClientRequest> result, Turn turn) {
        try {
            connected(result);
        } finally {
            turn.leave();
        }
    }

    private void connected(AsyncResult<HttpClientRequest> result) {
        if (result.failed()) {
            unprocessed = Failures.isClosed(result.cause());
            fail(Failures.beforeSending(result.cause()));
            return;
        }
        Grant grant = new Grant(result.result(), clients.connections());
        granted = Optional.of(grant);
        if (over) {
            grant.giveBack();
        } else {
            guarded(() -> send(grant));
        }
    }

    /** A request that was granted and is not sent must be reset, or its connection never returns to the pool. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            fail(Failures.internal(bug));
        }
    }

    private void send(Grant grant) {
        if (!isPinned(grant)) {
            grant.closeConnection();
            fail(new CallError(
                    CallErrorCode.DESTINATION_REFUSED, "the connection leads to an address that was not checked"));
            return;
        }
        reused = grant.connection().use();
        stopwatch.granted(grant.connection(), reused);
        grant.request().response().onComplete(this::head);
        sent = true;
        request.sendOn(grant.request()).onComplete(written -> listener.departed(), this::broken);
    }

    /** Behind a proxy the other end is the proxy, which was told the address and no name. */
    private boolean isPinned(Grant grant) {
        return clients.route().proxy().isPresent() || grant.leadsTo(target.address(), target.port());
    }

    private void head(AsyncResult<HttpClientResponse> result) {
        if (result.failed()) {
            broken(result.cause());
        } else if (!over) {
            guarded(() -> read(result.result()));
        }
    }

    private void read(HttpClientResponse response) {
        stopwatch.answered();
        AnswerReader reader = new AnswerReader(response, clients.answerRoom());
        answer = Optional.of(reader);
        response.exceptionHandler(this::broken);
        response.handler(part -> add(reader, part));
        response.endHandler(end -> answered(reader));
        if (reader.isFinal()) {
            refuseTooLarge(reader);
        } else {
            fail(Failures.statusNotFinal(reader.status()));
        }
    }

    private void add(AnswerReader reader, Buffer part) {
        if (!over) {
            reader.add(part);
            refuseTooLarge(reader);
        }
    }

    private void refuseTooLarge(AnswerReader reader) {
        if (reader.isTooLarge()) {
            fail(Failures.bodyTooLarge(reader.status()));
        } else if (reader.isCrowded()) {
            fail(Failures.ANSWERS_TOO_LARGE);
        }
    }

    private void answered(AnswerReader reader) {
        if (!over) {
            over = true;
            listener.answered(reader);
            reader.release();
        }
    }

    private void broken(Throwable cause) {
        if (!over) {
            streamless = Failures.isWithoutStream(cause);
            unprocessed = answer.isEmpty() && isUnprocessed(cause);
            fail(unprocessed ? Failures.NOT_PROCESSED : Failures.afterSending(cause));
        }
    }

    /** RFC 9113 §8.7: no stream was opened, or the peer refused it, or goes away and stopped before it. */
    private boolean isUnprocessed(Throwable cause) {
        return streamless
                || Failures.isRefusedStream(cause)
                || (Failures.isClosed(cause)
                        && granted.filter(Grant::isPassedBy).isPresent());
    }

    private void fail(CallError error) {
        if (!over) {
            abandon();
            listener.failed(this, error);
        }
    }

    /** Stops at once and tells nobody. Nothing after the regular end: the connection may serve another by then. */
    void abandon() {
        if (!over) {
            over = true;
            answer.ifPresent(AnswerReader::release);
            granted.ifPresent(sent && !streamless ? Grant::reset : Grant::giveBack);
        }
    }

    /** Whether the request went out as a stream of an HTTP/2 connection. */
    boolean isMultiplexed() {
        return granted.filter(Grant::isMultiplexed).isPresent();
    }

    /**
     * Whether the error is that of a kept connection which the provider had closed before it saw the request, or of one
     * that Onward retires.
     */
    boolean wasStale(CallError error) {
        boolean kept = reused
                || granted.filter(grant -> grant.connection().isRetired()).isPresent();
        return kept && sent && answer.isEmpty() && Failures.isSilentClose(error);
    }

    RenderedRequest request() {
        return request;
    }

    InetAddress address() {
        return target.address();
    }

    Optional<AnswerReader> answer() {
        return answer;
    }

    /** Whether the provider may have seen the request. */
    boolean sent() {
        return sent && !unprocessed;
    }

    /**
     * Whether the provider certainly did nothing with the request, although it was sent, or was about to be on a kept
     * connection that closed while it was handed over.
     */
    boolean isUnprocessed() {
        return unprocessed;
    }

    boolean reused() {
        return reused;
    }
}
