package dev.onward.call.http;

import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import io.netty.util.NetUtil;
import io.vertx.core.AsyncResult;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/**
 * One request on one connection. The connection goes back to its pool only when the answer was read to its regular end;
 * in every other case the request is reset, which closes an HTTP/1.1 connection and a stream of an HTTP/2 one. Not
 * thread-safe: it is used on one context.
 */
final class Sending {

    /** Of HTTP/2 (RFC 9113 §7); HTTP/1.1 knows no codes. */
    private static final long CANCEL = 8;

    private final RenderedRequest request;
    private final InetAddress address;
    private final SandboxClients clients;
    private final Stopwatch stopwatch;
    private final Listener listener;
    private Optional<HttpClientRequest> granted = Optional.empty();
    private Optional<AnswerReader> answer = Optional.empty();
    private Optional<OpenConnection> connection = Optional.empty();
    private boolean sent;
    private boolean streamless;
    private boolean unprocessed;
    private boolean reused;
    private boolean over;

    /** Hears the end, which comes once, unless the sending was abandoned. */
    interface Listener {

        void answered(AnswerReader answer);

        void failed(Sending failed, CallError error);
    }

    Sending(
            RenderedRequest request,
            InetAddress address,
            SandboxClients clients,
            Stopwatch stopwatch,
            Listener listener) {
        this.request = request;
        this.address = address;
        this.clients = clients;
        this.stopwatch = stopwatch;
        this.listener = listener;
    }

    void begin(HttpClient client) {
        stopwatch.asked();
        client.request(request.to(address)).onComplete(this::connected);
    }

    private void connected(AsyncResult<HttpClientRequest> result) {
        if (result.failed()) {
            fail(Failures.beforeSending(result.cause()));
            return;
        }
        granted = Optional.of(result.result());
        // Vert.x writes to its own log what nobody handles; the failed answer tells the same.
        result.result().exceptionHandler(told -> {});
        if (over) {
            giveBack(result.result());
            return;
        }
        guarded(() -> send(result.result()));
    }

    /** A request that was granted and is not sent must be reset, or its connection never returns to the pool. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException bug) {
            fail(Failures.internal(bug));
        }
    }

    private void send(HttpClientRequest ready) {
        if (!isPinned(ready.connection().remoteAddress())) {
            ready.connection().close();
            fail(new CallError(
                    CallErrorCode.DESTINATION_REFUSED, "the connection leads to an address that was not checked"));
            return;
        }
        OpenConnection known = clients.connections().get(ready.connection());
        connection = Optional.of(known);
        reused = known.use();
        stopwatch.granted(known, reused);
        ready.response().onComplete(this::head);
        sent = true;
        request.sendOn(ready).onFailure(this::broken);
    }

    /** Behind a proxy the other end is the proxy, which was told the address and no name. */
    private boolean isPinned(SocketAddress remote) {
        if (clients.route().proxy().isPresent()) {
            return true;
        }
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(remote.hostAddress());
        return Arrays.equals(bytes, address.getAddress())
                && remote.port() == request.destination().port();
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
        AnswerReader reader = new AnswerReader(response);
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
        }
    }

    private void answered(AnswerReader reader) {
        if (!over) {
            over = true;
            listener.answered(reader);
        }
    }

    private void broken(Throwable cause) {
        streamless = Failures.isWithoutStream(cause);
        unprocessed = answer.isEmpty() && isUnprocessed(cause);
        fail(unprocessed ? Failures.NOT_PROCESSED : Failures.afterSending(cause));
    }

    /** RFC 9113 §8.7: no stream was opened, or the peer refused it, or goes away and stopped before it. */
    private boolean isUnprocessed(Throwable cause) {
        return streamless || Failures.isRefusedStream(cause) || (Failures.isClosed(cause) && isPassedBy());
    }

    private boolean isPassedBy() {
        return granted.filter(ready -> isMultiplexed(ready)
                        && connection
                                .filter(known -> known.passedBy(ready.streamId()))
                                .isPresent())
                .isPresent();
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
            granted.ifPresent(this::giveBack);
        }
    }

    /** Vert.x never frees the place that a request without a stream has in an HTTP/2 connection. */
    private void giveBack(HttpClientRequest ready) {
        ready.reset(CANCEL);
        if (isMultiplexed(ready) && (!sent || streamless)) {
            clients.connections().retire(ready.connection());
        }
    }

    /** Whether the request went out as a stream of an HTTP/2 connection. */
    boolean isMultiplexed() {
        return granted.filter(Sending::isMultiplexed).isPresent();
    }

    private static boolean isMultiplexed(HttpClientRequest ready) {
        return ready.version() == HttpVersion.HTTP_2;
    }

    /**
     * Whether the error is that of a kept connection which the provider had closed before it saw the request, or of one
     * that Onward retires.
     */
    boolean wasStale(CallError error) {
        boolean kept = reused || connection.filter(OpenConnection::isRetired).isPresent();
        return kept && sent && answer.isEmpty() && Failures.isSilentClose(error);
    }

    RenderedRequest request() {
        return request;
    }

    InetAddress address() {
        return address;
    }

    Optional<AnswerReader> answer() {
        return answer;
    }

    /** Whether the provider may have seen the request. */
    boolean sent() {
        return sent && !unprocessed;
    }

    /** Whether the provider certainly did nothing with the request, although it was sent. */
    boolean isUnprocessed() {
        return unprocessed;
    }

    boolean reused() {
        return reused;
    }
}
