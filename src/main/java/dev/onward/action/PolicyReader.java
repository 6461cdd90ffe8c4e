package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.call.BodyCapture;
import dev.onward.call.CallPolicy;
import dev.onward.call.Delivery;
import dev.onward.call.EndpointRules;
import dev.onward.call.retry.RetryOn;
import dev.onward.call.retry.RetryPolicy;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads how patiently an action is called: {@code timeout, attemptTimeout, retry, delivery, log}. */
final class PolicyReader {

    /** Limits of {@code timeout}, of an action and of an invocation alike. */
    static final Duration MIN_WINDOW = Duration.ofSeconds(1);

    static final Duration MAX_WINDOW = Duration.ofSeconds(30);

    private static final Duration DEFAULT_ATTEMPT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration MIN_ATTEMPT_TIMEOUT = Duration.ofMillis(100);
    private static final Duration MIN_BACK_OFF = Duration.ofMillis(1);
    private static final int MAX_RETRIES = 10;

    private PolicyReader() {}

    /** Of an action that says nothing. */
    static CallPolicy standard() {
        return MemberReader.of(JsonNodeFactory.instance.objectNode(), JsonPointer.empty(), new Issues())
                .map(PolicyReader::read)
                .orElseThrow();
    }

    static CallPolicy read(MemberReader reader) {
        Duration window = reader.duration("timeout", MIN_WINDOW, MAX_WINDOW).orElse(MAX_WINDOW);
        Duration attemptTimeout = reader.duration("attemptTimeout", MIN_ATTEMPT_TIMEOUT, window)
                .orElse(window.compareTo(DEFAULT_ATTEMPT_TIMEOUT) < 0 ? window : DEFAULT_ATTEMPT_TIMEOUT);
        RetryPolicy retry = reader.object("retry").map(PolicyReader::retry).orElse(RetryPolicy.DEFAULT);
        Delivery delivery =
                reader.oneOf("delivery", Delivery.values(), Delivery::wireName).orElse(Delivery.AT_LEAST_ONCE);
        BodyCapture capture = reader.object("log").map(PolicyReader::capture).orElse(BodyCapture.FULL);
        return new CallPolicy(window, attemptTimeout, retry, delivery, capture, EndpointRules.DEFAULT);
    }

    private static RetryPolicy retry(MemberReader reader) {
        int maxRetries = reader.integer("maxRetries", 0, MAX_RETRIES).orElse(RetryPolicy.DEFAULT.maxRetries());
        RetryOn on = reader.array("on")
                .map(entries -> RetryOn.parse(entries, reader.at("on"), reader.issues()))
                .orElse(RetryOn.DEFAULT);
        Optional<MemberReader> backOff = reader.object("backoff");
        Duration base = backOff.flatMap(inner -> inner.duration("base", MIN_BACK_OFF, MAX_WINDOW))
                .orElse(RetryPolicy.DEFAULT.base());
        Duration cap = backOff.flatMap(inner -> inner.duration("cap", base, MAX_WINDOW))
                .orElse(base.compareTo(RetryPolicy.DEFAULT.cap()) > 0 ? base : RetryPolicy.DEFAULT.cap());
        backOff.ifPresent(MemberReader::finish);
        reader.finish();
        return new RetryPolicy(maxRetries, on, base, cap);
    }

    private static BodyCapture capture(MemberReader reader) {
        boolean keep = reader.oneOf("bodies", Bodies.values(), Bodies::wireName)
                .map(bodies -> bodies == Bodies.FULL)
                .orElse(true);
        List<JsonPointer> redact =
                reader.array("redact").map(entries -> pointers(reader, entries)).orElse(List.of());
        reader.finish();
        return new BodyCapture(keep, redact);
    }

    private static List<JsonPointer> pointers(MemberReader reader, JsonNode entries) {
        List<JsonPointer> pointers = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            JsonPointer at = reader.at("redact").appendIndex(i);
            JsonNode entry = entries.get(i);
            if (!entry.isTextual()) {
                reader.issues().error(at, ValueIssue.WRONG_TYPE, "a JSON pointer such as \"/to\" is expected");
            } else {
                Pointers.parse(entry.textValue(), at, reader.issues()).ifPresent(pointers::add);
            }
        }
        return pointers;
    }

    private enum Bodies {
        FULL("full"),
        NONE("none");

        private final String wireName;

        Bodies(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }
}
