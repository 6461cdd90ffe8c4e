package dev.onward.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.AttemptJson;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CallRecord;
import dev.onward.call.OutboundRequest;
import dev.onward.egress.SecretHeaders;
import dev.onward.secret.Masker;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** How invocations look in answers, as UTF-8 JSON text. */
final class InvocationJson {

    private static final int EXPECTED_BYTES = 512;

    private InvocationJson() {}

    /** The answer of {@code invoke}. */
    static byte[] answer(InvocationResult result) {
        return object(members -> outcome(result, members));
    }

    /** The answer of {@code test}: the same with the last exchange and every attempt. */
    static byte[] exchange(InvocationResult result) {
        List<AttemptRecord> attempts = result.record().attempts();
        return object(members -> {
            outcome(result, members);
            if (!attempts.isEmpty()) {
                AttemptRecord last = attempts.get(attempts.size() - 1);
                members.object("exchange", exchange -> AttemptJson.messages(last, exchange));
            }
            result.authentication().ifPresent(exchange -> authentication(exchange, members));
            members.array("attemptRecords", attempts, AttemptJson::attempt);
            members.array("warnings", result.record().warnings(), AttemptJson::warning);
        });
    }

    /** The answer of {@code check-authentication}. */
    static byte[] check(AuthenticationCheck check) {
        return object(members -> {
            members.flag("authenticated", check.error().isEmpty());
            check.error().ifPresent(error -> members.object("error", told -> AttemptJson.error(error, told)));
            check.exchange().ifPresent(exchange -> authentication(exchange, members));
        });
    }

    /** {@code authenticationRequest} and, if one came, {@code authenticationResponse}. */
    static void authentication(AttemptRecord exchange, JsonMembers members) {
        members.object("authenticationRequest", request -> AttemptJson.request(exchange, request));
        exchange.response()
                .ifPresent(answer -> members.object(
                        "authenticationResponse", response -> AttemptJson.response(exchange, answer, response)));
    }

    /** The answer of {@code render}: the message as it would be sent, secrets masked. */
    static byte[] rendered(OutboundRequest request, Masker masker) {
        return object(members -> {
            members.text("method", request.method().name());
            members.text("url", masker.maskUrl(request.destination().url()));
            members.object(
                    "headers",
                    headers -> request.headers()
                            .forEach(header -> headers.text(header.name(), masker.mask(SecretHeaders.shown(header)))));
            members.text(
                    "body",
                    request.body()
                            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                            .map(masker::mask));
        });
    }

    private static void outcome(InvocationResult result, JsonMembers members) {
        CallRecord record = result.record();
        members.text("callId", record.callId().toString());
        members.text("action", record.action());
        members.number("actionVersion", record.actionVersion());
        members.text("outcome", record.outcome().wireName());
        members.text("jo_status_code", record.outcome().joStatusCode());
        value("response", result.response(), members);
        value("errorResponse", result.errorResponse(), members);
        record.outcome().error().ifPresent(error -> members.object("error", told -> AttemptJson.error(error, told)));
        members.number("attempts", record.attempts().size());
        members.number("elapsedMs", record.elapsed().toMillis());
    }

    private static void value(String name, Optional<JsonNode> value, JsonMembers members) {
        value.ifPresent(json -> members.value(name, json));
    }

    private static byte[] object(Consumer<JsonMembers> writer) {
        JsonBuffer json = new JsonBuffer(EXPECTED_BYTES);
        JsonMembers.object(json, writer);
        return json.toByteArray();
    }
}
