package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.Answer;
import dev.onward.call.AttemptEnd;
import dev.onward.call.CallEngine;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.CallResult;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.egress.Scheme;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.Engines;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.LongestDelay;
import dev.onward.testsupport.ScriptedTransport;
import dev.onward.testsupport.TestCredentials;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Makes calls that prove themselves, over a scripted transport under a clock that a test moves. */
abstract class AuthenticatedCalls {

    static final Destination PROVIDER = new Destination(Scheme.HTTPS, "api.example.com", 443, "/v1", "a=1");
    static final Destination ENDPOINT = TestCredentials.TOKEN_ENDPOINT;

    final FakeTimer timer = new FakeTimer();
    final ScriptedTransport transport = new ScriptedTransport(timer);
    final CallEngine engine =
            Engines.of(transport, timer, Clock.fixed(Instant.EPOCH, ZoneOffset.UTC), new LongestDelay());

    CallResult call(Credential credential) {
        CompletableFuture<CallResult> call = begin(Calls.to(PROVIDER).credential(credential));
        timer.advance(Duration.ofMillis(500));
        return result(call);
    }

    CompletableFuture<CallResult> begin(Calls call) {
        return Engines.call(engine, call.build()).toCompletableFuture();
    }

    CallResult result(CompletableFuture<CallResult> call) {
        timer.advance(Duration.ZERO);
        assertThat(call).isCompleted();
        return call.join();
    }

    CallRequest sent(int index) {
        return transport.sent().get(index);
    }

    Optional<String> bearer(int index) {
        return header(sent(index), "Authorization");
    }

    void token(String token, int seconds) {
        transport.ends(
                Duration.ZERO, answer(200, "{\"access_token\":\"%s\",\"expires_in\":%d}".formatted(token, seconds)));
    }

    static AttemptEnd answer(int status, String body) {
        return new AttemptEnd.Answered(new Answer(status, List.of(), body.getBytes(StandardCharsets.UTF_8)));
    }

    static Optional<CallErrorCode> code(CallResult result) {
        return result.outcome().error().map(CallError::code);
    }

    static Optional<String> header(CallRequest request, String name) {
        return request.message().headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst();
    }

    static Credential tokenCredential() {
        return TestCredentials.token();
    }

    static Credential credential(Authentication authentication) {
        return TestCredentials.of(authentication);
    }
}
