package dev.onward.call.auth;

import dev.onward.call.HttpMethod;
import dev.onward.call.OutboundRequest;
import dev.onward.egress.BodyType;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import dev.onward.value.StrictJson;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How a token is asked for. Immutable.
 *
 * @param headers value by name
 * @param body empty for none
 * @param assertion that goes along in the body, made anew for every request
 * @param path where in the answer the token stands
 * @param lifetime how long the token may be used
 * @param refreshToken in the place of the one among the parameters
 */
public record TokenRequest(
        HttpMethod method,
        Destination endpoint,
        Map<String, SecretText> headers,
        Optional<Body> body,
        Optional<Assertion> assertion,
        TokenPath path,
        TokenLifetime lifetime,
        Optional<SecretText> refreshToken) {

    private static final String REFRESH_TOKEN = "refresh_token";

    /** The same with another refresh token. */
    TokenRequest with(SecretText otherRefreshToken) {
        return new TokenRequest(
                method, endpoint, headers, body, assertion, path, lifetime, Optional.of(otherRefreshToken));
    }

    /** Whether its parameters have a refresh token, which the answer may replace. */
    boolean refreshes() {
        return body.filter(content -> content.type() == BodyType.FORM)
                .filter(content -> StrictJson.read(utf8(content)).has(REFRESH_TOKEN))
                .isPresent();
    }

    /**
     * The parameters of a body.
     *
     * @param parameters JSON text of an object; of a form, a flat one
     */
    public record Body(BodyType type, SecretText parameters) {}

    /**
     * A message to send.
     *
     * @param masker of the assertion in it, if there is one
     */
    record Message(OutboundRequest request, Masker masker) {}

    /**
     * The message to send.
     *
     * @param userAgent {@code Onward/<version>}
     * @param now stands in the assertion
     */
    Message message(String userAgent, Instant now) {
        List<Header> all = new ArrayList<>();
        headers.forEach((name, value) -> all.add(new Header(name, value.reveal())));
        addDefault(all, "Accept", "application/json");
        addDefault(all, "User-Agent", userAgent);
        Map<String, String> asserted =
                assertion.map(made -> made.parameters(now, UUID.randomUUID())).orElse(Map.of());
        Optional<byte[]> bytes = body.map(content -> {
            addDefault(all, "Content-Type", content.type().contentType() + "; charset=UTF-8");
            return content.type() == BodyType.FORM ? form(content, asserted) : utf8(content);
        });
        List<SecretText> secrets = new ArrayList<>();
        refreshToken.ifPresent(secrets::add);
        asserted.forEach((name, value) -> {
            if (!name.endsWith("_type")) {
                secrets.add(SecretText.of(value));
            }
        });
        return new Message(new OutboundRequest(method, endpoint, all, bytes), Masker.of(secrets));
    }

    private byte[] form(Body content, Map<String, String> asserted) {
        Map<String, String> form = new LinkedHashMap<>();
        StrictJson.read(utf8(content))
                .properties()
                .forEach(field -> form.put(field.getKey(), field.getValue().asText()));
        refreshToken.ifPresent(token -> form.put(REFRESH_TOKEN, token.reveal()));
        form.putAll(asserted);
        StringBuilder text = new StringBuilder();
        form.forEach((name, value) -> text.append(text.isEmpty() ? "" : "&")
                .append(encoded(name))
                .append('=')
                .append(encoded(value)));
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] utf8(Body content) {
        return content.parameters().reveal().getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void addDefault(List<Header> headers, String name, String value) {
        if (headers.stream().noneMatch(header -> header.name().equalsIgnoreCase(name))) {
            headers.add(new Header(name, value));
        }
    }
}
