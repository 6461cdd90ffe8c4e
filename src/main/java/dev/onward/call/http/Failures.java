package dev.onward.call.http;

import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.egress.DestinationRefusedException;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Exception.HeaderListSizeException;
import io.netty.handler.codec.http2.Http2NoMoreStreamIdsException;
import io.netty.handler.proxy.ProxyConnectException;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.impl.ConnectionBase;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.UnknownHostException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Tells from an exception what went wrong, in words that name no address and quote nothing of the provider. */
final class Failures {

    private static final System.Logger LOG = System.getLogger(Failures.class.getName());

    private static final int LONGEST_CHAIN = 16;

    private static final CallError UNKNOWN_HOST = new CallError(CallErrorCode.DNS, "the host's name does not resolve");

    private static final CallError UNTRUSTED = new CallError(
            CallErrorCode.TLS_UNTRUSTED,
            "the provider's certificate is expired, for another name, or not signed by a trusted authority");

    private static final CallError HANDSHAKE = new CallError(
            CallErrorCode.TLS_HANDSHAKE, "the TLS handshake broke off; the provider must offer TLS 1.2 or 1.3");

    private static final CallError TOO_BUSY =
            new CallError(CallErrorCode.CONNECT, "too many calls already wait for a connection to this host");

    private static final CallError UNREACHABLE =
            new CallError(CallErrorCode.CONNECT, "no connection: nobody listens there, or nobody answers in time");

    private static final CallError CLOSED =
            new CallError(CallErrorCode.RESET, "the connection was closed before the answer was complete");

    private static final CallError CLOSED_IN_HEAD =
            new CallError(CallErrorCode.RESET, "the connection was closed in the middle of the answer's headers");

    private static final CallError STREAM_RESET =
            new CallError(CallErrorCode.RESET, "the provider reset the stream before the answer was complete");

    static final CallError CLOSING =
            new CallError(CallErrorCode.RESET, "nothing was sent: Onward closes its connections");

    /** The provider says so itself. */
    static final CallError NOT_PROCESSED = new CallError(
            CallErrorCode.RESET, "the provider refused the stream or closes the connection; it processed nothing");

    private static final CallError NOT_HTTP = new CallError(CallErrorCode.PROTOCOL, "the answer is not legal HTTP");

    static final CallError ANSWERS_TOO_LARGE = new CallError(
            CallErrorCode.RESPONSE_TOO_LARGE,
            "the answers that are being read now take all the memory there is for them; this one was broken off");

    private static final CallError HEADERS_TOO_LARGE = new CallError(
            CallErrorCode.RESPONSE_TOO_LARGE,
            "the answer's headers are over " + ClientSettings.MAX_HEADER_BYTES + " bytes");

    private static final CallError PROXY_REFUSED = new CallError(
            CallErrorCode.PROXY, "the outbound proxy refused the connection, or opened none to the host in time");

    /** Nothing is sent by a way on which the proxy would choose the address. */
    static final CallError PROXY_NEEDS_TLS = new CallError(
            CallErrorCode.PROXY, "an http URL cannot be called through an HTTP proxy: use https, or a SOCKS5 proxy");

    /** What a cause means, most telling first. */
    private record Meaning(Class<? extends Throwable> cause, CallError error) {}

    private static final List<Meaning> CONNECTING = List.of(
            new Meaning(ConnectionPoolTooBusyException.class, TOO_BUSY),
            new Meaning(ProxyConnectException.class, PROXY_REFUSED),
            new Meaning(CertificateException.class, UNTRUSTED),
            new Meaning(CertPathBuilderException.class, UNTRUSTED),
            new Meaning(CertPathValidatorException.class, UNTRUSTED),
            new Meaning(SSLException.class, HANDSHAKE),
            new Meaning(HttpClosedException.class, UNREACHABLE),
            new Meaning(TimeoutException.class, UNREACHABLE),
            new Meaning(Http2Exception.class, NOT_HTTP),
            new Meaning(IOException.class, UNREACHABLE));

    private static final List<Meaning> SENDING = List.of(
            new Meaning(TooLongHttpHeaderException.class, HEADERS_TOO_LARGE),
            new Meaning(HeaderListSizeException.class, HEADERS_TOO_LARGE),
            new Meaning(StreamResetException.class, STREAM_RESET),
            new Meaning(PrematureChannelClosureException.class, CLOSED_IN_HEAD),
            new Meaning(HttpClosedException.class, CLOSED),
            new Meaning(SSLHandshakeException.class, HANDSHAKE),
            new Meaning(IOException.class, CLOSED));

    private Failures() {}

    /** The request would be no legal HTTP message. */
    static CallError ofRendering(IllegalArgumentException illegal) {
        return new CallError(CallErrorCode.REQUEST_INVALID, "nothing was sent: " + illegal.getMessage());
    }

    /** The host's name could not be looked up, or leads where no call may go. */
    static CallError ofLookup(@Nullable Throwable failure) {
        Optional<DestinationRefusedException> refused = find(DestinationRefusedException.class, failure);
        if (refused.isPresent()) {
            LOG.log(Level.WARNING, "destination refused: {0}", refused.get().reason());
            return new CallError(
                    CallErrorCode.DESTINATION_REFUSED,
                    String.valueOf(refused.get().getMessage()));
        }
        return find(UnknownHostException.class, failure)
                .map(unknown -> UNKNOWN_HOST)
                .orElseGet(() -> internal(failure));
    }

    /** No connection could be had. */
    static CallError beforeSending(Throwable failure) {
        // How Vert.x tells that an HTTP/2 peer closed before it told its settings.
        return failure == ConnectionBase.CLOSED_EXCEPTION
                ? UNREACHABLE
                : meaning(CONNECTING, failure).orElseGet(() -> internal(failure));
    }

    /** The connection or its bytes were at fault; what is no fault of the connection is one of the bytes. */
    static CallError afterSending(Throwable failure) {
        return meaning(SENDING, failure).orElse(NOT_HTTP);
    }

    static CallError statusNotFinal(int status) {
        return new CallError(
                CallErrorCode.PROTOCOL,
                "the answer's status is " + status + "; allowed are 200 to 999, 100 and 103 before");
    }

    static CallError bodyTooLarge(int status) {
        return new CallError(
                CallErrorCode.RESPONSE_TOO_LARGE,
                "the body of the answer, which has status " + status + ", is over " + AnswerReader.MAX_BODY_BYTES
                        + " bytes");
    }

    /** A fault of Onward itself: the log has the rest. */
    static CallError internal(@Nullable Throwable bug) {
        LOG.log(Level.ERROR, "an attempt failed by a fault of Onward", bug);
        return new CallError(CallErrorCode.INTERNAL, "a fault of Onward itself; the operator's log tells more");
    }

    /** Whether the connection was closed without a byte of an answer, as far as the codec tells. */
    static boolean isSilentClose(CallError error) {
        return error.equals(CLOSED);
    }

    /** Whether the peer answered a stream with the code that says that it did nothing with it (RFC 9113 §8.7). */
    static boolean isRefusedStream(Throwable failure) {
        return find(StreamResetException.class, failure)
                .filter(reset -> reset.getCode() == Http2Error.REFUSED_STREAM.code())
                .isPresent();
    }

    /** Whether our own side of an HTTP/2 connection could not open the stream, so that nothing was sent. */
    static boolean isWithoutStream(Throwable failure) {
        return find(Http2NoMoreStreamIdsException.class, failure).isPresent()
                || find(Http2Exception.class, failure)
                        .filter(local -> local.error() == Http2Error.REFUSED_STREAM)
                        .isPresent();
    }

    static boolean isClosed(Throwable failure) {
        return find(HttpClosedException.class, failure).isPresent();
    }

    private static Optional<CallError> meaning(List<Meaning> meanings, Throwable failure) {
        return meanings.stream()
                .filter(meaning -> find(meaning.cause(), failure).isPresent())
                .map(Meaning::error)
                .findFirst();
    }

    private static <T extends Throwable> Optional<T> find(Class<T> type, @Nullable Throwable failure) {
        return Stream.iterate(Optional.ofNullable(failure), Optional::isPresent, link -> link.map(Throwable::getCause))
                .limit(LONGEST_CHAIN)
                .flatMap(Optional::stream)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
