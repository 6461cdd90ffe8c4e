package dev.onward.call;

import dev.onward.value.IssueCode;

/** Why a call or an attempt ended without a good answer. Each constant's text is the smallest cause. */
public enum CallErrorCode implements IssueCode {
    /** The host's name does not resolve. */
    DNS,
    /** Nobody listens at the port, or nobody answers the connection attempt in time. */
    CONNECT,
    /** The outbound proxy refuses to connect to the host. */
    PROXY,
    /** The provider's certificate is expired, self-signed or for another name. */
    TLS_UNTRUSTED,
    /** The TLS handshake broke off for another reason. */
    TLS_HANDSHAKE,
    /** The connection was closed or reset before the answer was complete. */
    RESET,
    /** The answer is not HTTP. */
    PROTOCOL,
    /** One attempt took longer than {@code attemptTimeout}. */
    ATTEMPT_TIMEOUT,
    /** All attempts together took longer than {@code timeout}. */
    TIMEOUT,
    /** The answer's headers are over 16 KiB or its body over 1 MiB. */
    RESPONSE_TOO_LARGE,
    /** A 2xx whose body does not satisfy {@code response.success}. */
    RESPONSE_SAYS_FAILURE,
    /** The address that the host's name resolves to may not be called. */
    DESTINATION_REFUSED,
    /** {@code Retry-After: 3600} with a window of 30 s, also when it was the answer to another call to the host. */
    RETRY_AFTER_EXCEEDS_WINDOW,
    /** A reset after the request was sent, with {@code "delivery": "at-most-once"}. */
    OUTCOME_UNKNOWN,
    /** A 302 with {@code "redirects": "none"}, or one that leads to another host with {@code "same-origin"}. */
    REDIRECT_REFUSED,
    /** A call right after 20 in 10 s to the same host, of which 10 were answered 500. */
    CIRCUIT_OPEN,
    /** A fourth retry to a host at the same time, while fewer than 20 calls to it are under way. */
    RETRY_BUDGET,
    /** A second call with {@code "maxConcurrency": 1} while the first takes longer than the second's {@code timeout}. */
    CONCURRENCY_WAIT,
    /** A call of an action that was paused, or to a host that was. */
    PAUSED,
    /** A durable call with {@code "maxAge": "PT1S"} whose action is paused for longer. */
    TOO_OLD,
    /** {@code DELETE /calls/{callId}} before the call was sent. */
    CANCELLED,
    /** A durable call whose action was deleted, or whose arguments do not fit a version made after its acceptance. */
    NOT_RENDERABLE,
    /** The 101st call in a second under a capping of 100 in 1,000 ms. Nothing was sent. */
    CAPPED,
    /** A retry for which the capping has no slot. */
    CAPPED_ON_RETRY,
    /** A call behind 10,000 others under a throttling of 200 a second: its turn does not come within {@code timeout}. */
    THROTTLE_WAIT,
    /** A call while the database, which holds the limits, does not answer. Nothing was sent. */
    LIMITS_UNAVAILABLE,
    /** The endpoint of the credential's token answers 500, or gives a token that cannot be sent. Nothing was sent. */
    AUTH_FAILED,
    /** The key that the action's password is sealed under is not configured any more. Nothing was sent. */
    SECRET_UNAVAILABLE,
    /** A header value with a line break that rendering let pass: nothing is sent. */
    REQUEST_INVALID,
    /** A fault of Onward itself. */
    INTERNAL
}
