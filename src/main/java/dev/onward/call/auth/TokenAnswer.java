package dev.onward.call.auth;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.Answer;
import dev.onward.value.JsonException;
import dev.onward.value.StrictJson;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads the answer of a token's endpoint. It never quotes it. */
final class TokenAnswer {

    private static final int OK = 200;
    private static final int MULTIPLE_CHOICES = 300;
    private static final int MAX_TOKEN = 8 * 1024;

    /** Before the point, of a lifetime in any unit: more cannot be meant, and would cost time to compute with. */
    private static final int MAX_DIGITS = 18;

    private static final int MAX_SCALE = 100;
    private static final int MAX_LIFETIME_TEXT = 40;
    private static final Pattern LIFETIME = Pattern.compile("-?\\d{1," + MAX_DIGITS + "}(\\.\\d+)?");

    private TokenAnswer() {}

    /**
     * A token and how long it lasts.
     *
     * @param life more than zero
     * @param refreshToken for the next request, if the answer gives one
     */
    record Granted(String token, Duration life, Optional<String> refreshToken) {

        /** All of them, for masking. */
        List<String> tokens() {
            return Stream.concat(Stream.of(token), refreshToken.stream()).toList();
        }

        @Override
        public String toString() {
            return "Granted[" + life + "]";
        }
    }

    /**
     * Reads an answer.
     *
     * @throws TokenRefused when there is no usable token in it; the message says why
     */
    static Granted read(Answer answer, TokenRequest request) {
        if (answer.status() < OK || answer.status() >= MULTIPLE_CHOICES) {
            throw new TokenRefused("it answered " + answer.status());
        }
        boolean whole = request.path().members().isEmpty();
        Optional<JsonNode> json = json(answer);
        if (json.isEmpty() && (!whole || request.lifetime().path().isPresent())) {
            throw new TokenRefused("its answer is not JSON");
        }
        String token = whole
                ? new String(answer.body(), StandardCharsets.UTF_8).strip()
                : text(request.path().in(json.orElseThrow()), request.path());
        if (token.isEmpty() || token.length() > MAX_TOKEN || !isVisible(token)) {
            throw new TokenRefused("the token at " + request.path() + " is empty, longer than " + MAX_TOKEN
                    + " characters or not visible ASCII");
        }
        Duration life = json.map(document -> life(document, request.lifetime()))
                .orElse(request.lifetime().fixed());
        Optional<String> refreshToken = json.map(document -> document.path("refresh_token"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> !text.isEmpty());
        return new Granted(token, life, refreshToken);
    }

    private static String text(JsonNode value, TokenPath path) {
        if (!value.isTextual()) {
            throw new TokenRefused("its answer has no text at " + path);
        }
        return value.textValue();
    }

    private static Duration life(JsonNode document, TokenLifetime lifetime) {
        Optional<JsonNode> told =
                lifetime.path().map(path -> path.in(document)).filter(value -> !value.isMissingNode());
        if (told.isEmpty()) {
            return lifetime.fixed();
        }
        Duration life = number(told.get())
                .map(lifetime::of)
                .orElseThrow(() -> new TokenRefused("the lifetime in its answer is not a number of at most "
                        + MAX_DIGITS + " digits before the point, such as 3600"));
        if (life.isNegative() || life.isZero()) {
            throw new TokenRefused("the token's lifetime is not longer than zero");
        }
        return life;
    }

    /** A text must spell the number out: an exponent of a few characters makes one of a thousand million digits. */
    private static Optional<BigDecimal> number(JsonNode value) {
        if (value.isNumber()) {
            return Optional.of(value.decimalValue()).filter(TokenAnswer::isSane);
        }
        return Optional.of(value)
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .filter(text -> text.length() <= MAX_LIFETIME_TEXT)
                .filter(text -> LIFETIME.matcher(text).matches())
                .map(BigDecimal::new);
    }

    private static boolean isSane(BigDecimal number) {
        return number.precision() - (long) number.scale() <= MAX_DIGITS && number.scale() <= MAX_SCALE;
    }

    private static Optional<JsonNode> json(Answer answer) {
        try {
            return Optional.of(StrictJson.read(answer.body()));
        } catch (JsonException notJson) {
            return Optional.empty();
        }
    }

    private static boolean isVisible(String token) {
        return token.chars().allMatch(character -> character > ' ' && character <= '~');
    }

    /** Why an answer gives no token. */
    static final class TokenRefused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TokenRefused(String reason) {
            super(reason, null, false, false);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }
}
