package dev.onward.call.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.call.AttemptRecord;
import dev.onward.call.CapturedMessage;
import dev.onward.egress.Header;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonException;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What of an exchange with a token's endpoint may be shown: nothing that looks like a token. */
final class TokenRedaction {

    private static final List<String> SECRET_WORDS =
            List.of("token", "secret", "assertion", "password", "jwt", "session", "credential", "apikey", "api_key");

    private TokenRedaction() {}

    /**
     * The record with its answer masked.
     *
     * @param token that was granted; empty for none
     */
    static AttemptRecord of(AttemptRecord record, String token) {
        Masker masker = token.isEmpty() ? Masker.NONE : Masker.of(List.of(SecretText.of(token)));
        return new AttemptRecord(
                record.number(),
                record.startedAt(),
                record.method(),
                record.url(),
                record.request(),
                record.status(),
                record.response().map(answer -> masked(answer, masker)),
                record.error(),
                record.timings(),
                record.connectionReused(),
                record.retryIn());
    }

    private static CapturedMessage masked(CapturedMessage answer, Masker masker) {
        List<Header> headers = answer.headers().stream()
                .map(header -> new Header(header.name(), masker.mask(header.value())))
                .toList();
        Optional<String> body = answer.body().map(text -> body(text, masker));
        return new CapturedMessage(headers, body, answer.bodyTruncated());
    }

    /** A body that is cut cannot be read: nothing of it is shown. */
    private static String body(String text, Masker masker) {
        String masked = masker.mask(text);
        try {
            JsonNode document = StrictJson.read(masked.getBytes(StandardCharsets.UTF_8));
            mask(document);
            JsonBuffer json = new JsonBuffer(masked.length());
            json.value(document);
            return new String(json.toByteArray(), StandardCharsets.UTF_8);
        } catch (JsonException notJson) {
            return masked.equals(text) && looksLikeJson(text) ? Masker.MASK : masked;
        }
    }

    private static boolean looksLikeJson(String text) {
        return text.stripLeading().startsWith("{");
    }

    private static void mask(JsonNode document) {
        if (document instanceof ObjectNode object) {
            List<String> secret = new ArrayList<>();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                if (member.getValue().isTextual() && isSecret(member.getKey())) {
                    secret.add(member.getKey());
                }
            }
            secret.forEach(name -> object.set(name, TextNode.valueOf(Masker.MASK)));
        }
        document.forEach(TokenRedaction::mask);
    }

    /** {@code token_type} says {@code Bearer}, and is of use to whoever looks for a fault. */
    private static boolean isSecret(String member) {
        String name = member.toLowerCase(Locale.ROOT);
        return !name.endsWith("_type") && SECRET_WORDS.stream().anyMatch(name::contains);
    }
}
