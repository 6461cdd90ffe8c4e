package dev.onward.call.auth;

import dev.onward.call.Answer;
import dev.onward.call.AttemptEnd;
import dev.onward.call.AttemptRecord;
import dev.onward.call.AttemptStart;
import dev.onward.call.BodyCapture;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallPolicy;
import dev.onward.call.CallRequest;
import dev.onward.call.Delivery;
import dev.onward.call.Departure;
import dev.onward.call.EndpointRules;
import dev.onward.call.Exchange;
import dev.onward.call.ExchangeReport;
import dev.onward.call.Timer;
import dev.onward.call.Timer.Scheduled;
import dev.onward.call.Transport;
import dev.onward.call.auth.TokenAnswer.Granted;
import dev.onward.call.auth.TokenAnswer.TokenRefused;
import dev.onward.call.retry.RetryPolicy;
import dev.onward.secret.Masker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * Asks a token's endpoint, twice at most: the second time after a failure that may pass. The request goes the way of
 * every other: its destination is checked, its time and its answer are bounded. Thread-safe.
 */
final class TokenFetch {

    /** Of one request. */
    static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static final Duration BEFORE_SECOND_TRY = Duration.ofMillis(200);
    private static final int TRIES = 2;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;

    private static final CallPolicy POLICY = new CallPolicy(
            TIMEOUT, TIMEOUT, RetryPolicy.DEFAULT, Delivery.AT_LEAST_ONCE, BodyCapture.FULL, EndpointRules.DEFAULT);

    private final Transport transport;
    private final Timer timer;
    private final Clock clock;
    private final String userAgent;

    TokenFetch(Transport transport, Timer timer, Clock clock, String userAgent) {
        this.transport = transport;
        this.timer = timer;
        this.clock = clock;
        this.userAgent = userAgent;
    }

    /**
     * What came of it.
     *
     * @param exchange redacted
     */
    record Fetched(Granted granted, AttemptRecord exchange) {}

    /**
     * Fetches a token.
     *
     * @param call that needs it
     * @return fails with {@link AuthenticationException} alone
     */
    CompletionStage<Fetched> fetch(CallRequest call, TokenRequest request) {
        CompletableFuture<Fetched> result = new CompletableFuture<>();
        attempt(call, request, 1, result);
        return result;
    }

    private void attempt(CallRequest call, TokenRequest request, int number, CompletableFuture<Fetched> result) {
        try {
            send(call, request, number, result);
        } catch (RuntimeException bug) {
            result.completeExceptionally(bug);
        }
    }

    private void send(CallRequest call, TokenRequest request, int number, CompletableFuture<Fetched> result) {
        TokenRequest.Message message = request.message(userAgent, clock.instant());
        Masker masker = call.credential().masker().and(message.masker());
        CallRequest asked = call.asking(message.request(), POLICY, masker);
        AttemptStart start = new AttemptStart(number, clock.instant(), request.method(), Duration.ZERO, false);
        Exchange exchange = transport.send(asked, number, Departure.UNHEARD);
        Scheduled deadline = timer.schedule(
                TIMEOUT,
                () -> exchange.cancel(new CallError(
                        CallErrorCode.ATTEMPT_TIMEOUT, "no answer within " + TIMEOUT.toSeconds() + " s")));
        exchange.done().whenComplete((report, bug) -> {
            deadline.cancel();
            if (report == null) {
                result.completeExceptionally(bug);
            } else if (number < TRIES && mayPass(report.end())) {
                timer.schedule(BEFORE_SECOND_TRY, () -> attempt(call, request, number + 1, result));
            } else {
                end(report, start, request, masker, result);
            }
        });
    }

    private static boolean mayPass(AttemptEnd end) {
        return end.map(
                answered -> answered.answer().status() == TOO_MANY_REQUESTS
                        || answered.answer().status() >= SERVER_ERROR,
                failed -> switch (failed.error().code()) {
                    case DNS, CONNECT, RESET, PROTOCOL, TLS_HANDSHAKE -> true;
                    default -> false;
                });
    }

    private static void end(
            ExchangeReport report,
            AttemptStart start,
            TokenRequest request,
            Masker masker,
            CompletableFuture<Fetched> result) {
        AttemptRecord record = start.ended(report, Optional.empty());
        try {
            Optional<Answer> answer =
                    report.end().map(answered -> Optional.of(answered.answer()), failed -> Optional.<Answer>empty());
            if (answer.isEmpty()) {
                throw new TokenRefused(report.end()
                        .map(answered -> "", failed -> failed.error().message()));
            }
            Granted granted = TokenAnswer.read(answer.get(), request);
            result.complete(new Fetched(granted, TokenRedaction.of(record, masker, granted.tokens())));
        } catch (TokenRefused refused) {
            CallError error =
                    new CallError(CallErrorCode.AUTH_FAILED, "the token's endpoint gave no token: " + refused.reason());
            result.completeExceptionally(
                    new AuthenticationException(error, Optional.of(TokenRedaction.of(record, masker, List.of()))));
        } catch (RuntimeException bug) {
            result.completeExceptionally(bug);
        }
    }
}
