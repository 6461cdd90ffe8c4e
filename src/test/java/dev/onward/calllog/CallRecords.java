package dev.onward.calllog;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallIds;
import dev.onward.call.CallOrigin;
import dev.onward.call.CallRecord;
import dev.onward.call.CapturedMessage;
import dev.onward.call.HttpMethod;
import dev.onward.call.Outcome;
import dev.onward.call.Passage;
import dev.onward.call.Timings;
import dev.onward.egress.Header;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Issue;
import dev.onward.value.ValueIssue;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Builds call records: a good call of now unless told otherwise. Not thread-safe. */
public final class CallRecords {

    private static final SecureRandom RANDOM = new SecureRandom();

    private Instant at = Instant.now();
    private Sandbox sandbox = Sandbox.DEFAULT;
    private String action = "OrderShippedSms";
    private Optional<String> caller = Optional.of("key-1");
    private Optional<String> profile = Optional.of("p-1");
    private Optional<String> journey = Optional.empty();
    private Outcome outcome = new Outcome.Succeeded(202);
    private String host = "sms.example.com";
    private String body = "{\"to\":\"+33600000000\"}";
    private String headerValue = "acme";
    private Duration elapsed = Duration.ofMillis(412);
    private Optional<List<AttemptRecord>> attempts = Optional.empty();

    private CallRecords() {}

    public static CallRecords call() {
        return new CallRecords();
    }

    public CallRecords at(Instant at) {
        this.at = at;
        return this;
    }

    public CallRecords sandbox(String name) {
        this.sandbox = new Sandbox(name);
        return this;
    }

    public CallRecords action(String action) {
        this.action = action;
        return this;
    }

    public CallRecords caller(String caller) {
        this.caller = Optional.of(caller);
        return this;
    }

    public CallRecords profile(String profile) {
        this.profile = Optional.of(profile);
        return this;
    }

    public CallRecords journey(String journey) {
        this.journey = Optional.of(journey);
        return this;
    }

    public CallRecords failed(int status, String message) {
        this.outcome = new Outcome.Failed(
                OptionalInt.of(status), Optional.of(new CallError(CallErrorCode.RESPONSE_SAYS_FAILURE, message)));
        return this;
    }

    public CallRecords timedOut() {
        this.outcome = new Outcome.TimedOut(OptionalInt.empty(), Optional.empty());
        return this;
    }

    public CallRecords outcome(Outcome outcome) {
        this.outcome = outcome;
        return this;
    }

    public CallRecords elapsed(Duration elapsed) {
        this.elapsed = elapsed;
        return this;
    }

    /** Instead of one that was refused and one that was answered. */
    public CallRecords attempts(List<AttemptRecord> attempts) {
        this.attempts = Optional.of(attempts);
        return this;
    }

    public CallRecords host(String host) {
        this.host = host;
        return this;
    }

    public CallRecords body(String body) {
        this.body = body;
        return this;
    }

    public CallRecords headerValue(String headerValue) {
        this.headerValue = headerValue;
        return this;
    }

    public CallRecord build() {
        return new CallRecord(
                new CallIds(Clock.fixed(at, ZoneOffset.UTC), RANDOM).next(),
                at,
                sandbox,
                action,
                3,
                new CallOrigin(caller, profile, journey, Optional.of("step"), Optional.of("i-" + profile.orElse(""))),
                outcome,
                elapsed,
                HttpMethod.POST,
                "https://" + host + "/v1/messages/" + profile.orElse("") + "?q=" + profile.orElse(""),
                host,
                attempts.orElseGet(() -> List.of(refused(), answered())),
                List.of(new Issue(
                        Issue.Severity.WARNING,
                        JsonPointer.compile("/accepted"),
                        ValueIssue.WRONG_TYPE,
                        "the answer's field is text")));
    }

    private AttemptRecord refused() {
        return new AttemptRecord(
                1,
                at,
                HttpMethod.POST,
                "https://" + host + "/v1/messages/" + profile.orElse(""),
                request(),
                OptionalInt.empty(),
                Optional.empty(),
                Optional.of(new CallError(CallErrorCode.CONNECT, "nobody listens")),
                new Timings(
                        Optional.of(Duration.ZERO),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Duration.ofMillis(3)),
                Passage.PLAIN,
                Optional.of(Duration.ofMillis(150)));
    }

    private AttemptRecord answered() {
        Optional<Duration> some = Optional.of(Duration.ofMillis(7));
        CapturedMessage answer =
                new CapturedMessage(List.of(new Header("Via", "a"), new Header("via", "b")), Optional.of(body), true);
        return new AttemptRecord(
                2,
                at.plusMillis(153),
                HttpMethod.POST,
                "https://" + host + "/v1/messages/" + profile.orElse(""),
                request(),
                OptionalInt.of(202),
                Optional.of(answer),
                Optional.empty(),
                new Timings(some, some, some, some, some, Duration.ofMillis(200)),
                new Passage(true, true, true, true),
                Optional.empty());
    }

    private CapturedMessage request() {
        return new CapturedMessage(List.of(new Header("X-Tenant", headerValue)), Optional.of(body), false);
    }
}
