package dev.onward.call;

import java.time.Duration;
import java.util.Optional;

/**
 * Where the time of one attempt went. A phase that did not take place is empty.
 *
 * @param queued from the attempt's start until a connection was granted, the next three phases aside; of a call's first
 *     attempt with the time before its start that the call waited for its turn or its place, queued or held back
 * @param dns looking the host's name up, only when the answer was not at hand
 * @param connect opening the connection, only when a new one was opened; when the attempt ended meanwhile, the rest of its
 *     time since it asked for one
 * @param tls the TLS handshake of that connection, if it came to its end
 * @param firstByte from the request's first byte to the answer's head
 * @param total from the attempt's start to its end
 */
public record Timings(
        Optional<Duration> queued,
        Optional<Duration> dns,
        Optional<Duration> connect,
        Optional<Duration> tls,
        Optional<Duration> firstByte,
        Duration total) {

    /** The same with a wait that came before the attempt's start; the total does not have it. */
    Timings heldBack(Duration wait) {
        return wait.isZero()
                ? this
                : new Timings(
                        Optional.of(queued.orElse(Duration.ZERO).plus(wait)), dns, connect, tls, firstByte, total);
    }
}
