package dev.onward.credential;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.HttpMethod;
import dev.onward.call.auth.Assertion;
import dev.onward.call.auth.Authentication;
import dev.onward.call.auth.TokenLifetime;
import dev.onward.call.auth.TokenPath;
import dev.onward.call.auth.TokenRequest;
import dev.onward.call.auth.TokenTarget;
import dev.onward.egress.BodyType;
import dev.onward.egress.Destination;
import dev.onward.egress.DestinationRule;
import dev.onward.egress.HeaderRules;
import dev.onward.egress.Scheme;
import dev.onward.egress.SecretHeaders;
import dev.onward.egress.UrlParser;
import dev.onward.secret.SecretText;
import dev.onward.value.JsonBuffer;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads the custom authorization of the model system, field for field. */
final class CustomAuthorizationReader {

    private static final HeaderRules HEADERS = new HeaderRules(BodyType.JSON);
    private static final int MAX_DURATION = Integer.MAX_VALUE;
    private static final int MAX_SCOPE = 1_000;

    private final SecretReader secrets;
    private final DestinationRule rule;
    private final EncodeFunction functions;

    CustomAuthorizationReader(SecretReader secrets, DestinationRule rule) {
        this.secrets = secrets;
        this.rule = rule;
        this.functions = new EncodeFunction(secrets::alsoSecret);
    }

    private enum SubType {
        CERTIFICATE("certificateCredential");

        private final String wireName;

        SubType(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    private enum AskedBy {
        GET,
        POST
    }

    private enum Unit {
        MILLISECONDS(Duration.ofMillis(1)),
        SECONDS(Duration.ofSeconds(1)),
        MINUTES(Duration.ofMinutes(1)),
        HOURS(Duration.ofHours(1)),
        DAYS(Duration.ofDays(1)),
        MONTHS(Duration.ofDays(30)),
        YEARS(Duration.ofDays(365));

        private final Duration length;

        Unit(Duration length) {
            this.length = length;
        }

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Optional<Authentication> read(MemberReader reader) {
        boolean certified =
                reader.oneOf("subType", SubType.values(), SubType::wireName).isPresent();
        Optional<Destination> endpoint = endpoint(reader, certified);
        Optional<HttpMethod> method = reader.require("method", reader.oneOf("method", AskedBy.values(), AskedBy::name))
                .map(asked -> HttpMethod.valueOf(asked.name()));
        Map<String, SecretText> headers =
                reader.object("headers").map(this::headers).orElse(Map.of());
        Optional<Body> body = body(reader, method, certified);
        Optional<TokenPath> path = reader.require("tokenInResponse", reader.string("tokenInResponse"))
                .flatMap(text -> path(text, "tokenInResponse", true, reader));
        Optional<TokenLifetime> lifetime = reader.object("cacheDuration")
                .map(this::lifetime)
                .orElse(Optional.of(TokenLifetime.of(TokenLifetime.DEFAULT)));
        Optional<TokenTarget> target = target(reader);
        Optional<Assertion> assertion =
                certified ? body.flatMap(given -> assertion(reader, given.parameters())) : Optional.empty();
        if (reader.issues().hasErrors()) {
            return Optional.empty();
        }
        TokenRequest request = new TokenRequest(
                method.orElseThrow(),
                endpoint.orElseThrow(),
                headers,
                body.map(given ->
                        new TokenRequest.Body(given.type(), SecretText.of(JsonBuffer.textOf(given.parameters())))),
                assertion,
                path.orElseThrow(),
                lifetime.orElseThrow(),
                Optional.empty());
        return Optional.of(new Authentication.Token(request, target.orElseThrow()));
    }

    private Optional<Destination> endpoint(MemberReader reader, boolean certified) {
        JsonPointer at = reader.at("endpoint");
        Optional<Destination> endpoint = reader.require("endpoint", reader.string("endpoint"))
                .flatMap(url -> UrlParser.parse(url, at, reader.issues()));
        endpoint.ifPresent(where -> {
            rule.check(where, at, reader.issues());
            if (certified && where.scheme() != Scheme.HTTPS) {
                String message = "a certificate credential is sent over https alone";
                reader.issues().error(at, CredentialIssue.HTTPS_REQUIRED, message);
            }
            if (!where.query().isEmpty()) {
                String message = "the endpoint has a query; parameters of a token request stand in its body as a rule";
                reader.issues().warning(at, CredentialIssue.TOKEN_URL_HAS_QUERY, message);
            }
        });
        return endpoint;
    }

    private Map<String, SecretText> headers(MemberReader reader) {
        Map<String, SecretText> headers = new LinkedHashMap<>();
        HEADERS.checkNames(
                reader.names().stream()
                        .filter(name -> !name.equalsIgnoreCase("content-type"))
                        .toList(),
                reader.at(),
                reader.issues());
        for (String name : reader.names()) {
            Optional<SecretText> value = SecretHeaders.isSecret(name)
                    ? secrets.secret(reader, name)
                    : reader.string(name).map(SecretText::of);
            value.map(functions::applied)
                    .map(text -> SecretHeaders.isSecret(name) ? noted(text) : text)
                    .filter(text -> AuthenticationReader.isHeaderValue(text, reader.at(name), reader.issues()))
                    .ifPresent(text -> headers.put(name, text));
        }
        return headers;
    }

    /** Of {@code Bearer x} also {@code x} is a secret by itself. */
    private SecretText noted(SecretText value) {
        String text = value.reveal();
        secrets.alsoSecret(SecretText.of(text.substring(text.indexOf(' ') + 1)));
        return value;
    }

    /** The parameters with their secrets; empty without a body. */
    private Optional<Body> body(MemberReader reader, Optional<HttpMethod> method, boolean certified) {
        Optional<MemberReader> body = reader.object("body");
        boolean post = method.filter(known -> known == HttpMethod.POST).isPresent();
        if (method.isPresent() && post != body.isPresent()) {
            String message = post ? "POST needs a body" : "GET has no body; only POST does";
            reader.issues().error(reader.at("body"), CredentialIssue.BODY_MISPLACED, message);
        }
        if (method.isPresent() && certified && !post) {
            String message = "a certificate credential is sent by POST alone";
            reader.issues().error(reader.at("method"), ValueIssue.NOT_ALLOWED, message);
        }
        return body.flatMap(this::parameters);
    }

    private Optional<Body> parameters(MemberReader reader) {
        Optional<BodyType> type = reader.require(
                "bodyType", reader.oneOf("bodyType", BodyType.values(), CustomAuthorizationReader::wireName));
        JsonPointer at = reader.at("bodyParams");
        Optional<JsonNode> parameters = reader.requireObject("bodyParams")
                .flatMap(inner -> reader.any("bodyParams"))
                .map(node -> functions.applied(secrets.filled(node, at, reader.issues())));
        reader.finish();
        return type.flatMap(known -> parameters
                .filter(node -> known == BodyType.JSON || isFlat(node, reader))
                .map(node -> new Body(known, node)));
    }

    /** @param parameters with their secrets */
    private record Body(BodyType type, JsonNode parameters) {}

    private static String wireName(BodyType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }

    private static boolean isFlat(JsonNode parameters, MemberReader reader) {
        for (Map.Entry<String, JsonNode> parameter : parameters.properties()) {
            if (parameter.getValue().isContainerNode()) {
                JsonPointer at = reader.at("bodyParams").appendProperty(parameter.getKey());
                String message = "a form has no nested values; use \"bodyType\": \"json\" for them";
                reader.issues().error(at, CredentialIssue.PARAMETER_NOT_FLAT, message);
                return false;
            }
        }
        return true;
    }

    private static Optional<TokenPath> path(String text, String member, boolean wholeAllowed, MemberReader reader) {
        Optional<TokenPath> path =
                wholeAllowed && text.equals("response") ? Optional.of(TokenPath.WHOLE) : TokenPath.parse(text);
        if (path.isEmpty()) {
            String message = "'" + member + "' must be " + (wholeAllowed ? "\"response\" or " : "")
                    + "a path such as \"json://access_token\"";
            reader.issues().error(reader.at(member), CredentialIssue.TOKEN_PATH_INVALID, message);
        }
        return path;
    }

    private Optional<TokenLifetime> lifetime(MemberReader reader) {
        Optional<Integer> duration = reader.integer("duration", 1, MAX_DURATION);
        Optional<String> expiry = reader.string("expiryInResponse");
        Optional<Unit> unit = reader.require("timeUnit", reader.oneOf("timeUnit", Unit.values(), Unit::wireName));
        reader.finish();
        boolean both = reader.any("duration").isPresent()
                == reader.any("expiryInResponse").isPresent();
        if (both) {
            String message = "one of 'duration' and 'expiryInResponse' is needed, and not both";
            reader.issues().error(reader.at(), CredentialIssue.DURATION_AMBIGUOUS, message);
        }
        return unit.flatMap(known -> duration.map(count -> fixed(known, count, reader))
                .orElseGet(() -> expiry.flatMap(text -> path(text, "expiryInResponse", false, reader))
                        .map(path -> TokenLifetime.at(path, known.length))));
    }

    /** One that was registered before there was a bound is cut to it, so that its action stays readable. */
    private Optional<TokenLifetime> fixed(Unit unit, int count, MemberReader reader) {
        Duration length = unit.length.multipliedBy(count);
        if (length.compareTo(TokenLifetime.LONGEST) > 0) {
            if (rule.equals(DestinationRule.REGISTERED_BEFORE)) {
                return Optional.of(TokenLifetime.of(TokenLifetime.LONGEST));
            }
            String message = "'duration' must be from 1 to "
                    + TokenLifetime.LONGEST.toMillis() / unit.length.toMillis() + " " + unit.wireName()
                    + " (ten years), found " + count;
            reader.issues().error(reader.at("duration"), ValueIssue.OUT_OF_RANGE, message);
            return Optional.empty();
        }
        return Optional.of(TokenLifetime.of(length));
    }

    private static Optional<TokenTarget> target(MemberReader reader) {
        Optional<String> type = reader.require("authorizationType", reader.string("authorizationType"));
        Optional<String> name = reader.string("tokenTarget");
        if (type.isEmpty()) {
            return Optional.empty();
        }
        if (type.get().equalsIgnoreCase("bearer")) {
            return Optional.of(new TokenTarget.BearerHeader());
        }
        for (AuthenticationReader.Location location : AuthenticationReader.Location.values()) {
            if (location.wireName().equals(type.get())) {
                return reader.require("tokenTarget", name)
                        .flatMap(given -> AuthenticationReader.target(
                                location, given, reader.at("tokenTarget"), reader.issues()));
            }
        }
        String message = "'authorizationType' must be one of [bearer, header, queryParam]";
        reader.issues().error(reader.at("authorizationType"), ValueIssue.NOT_ALLOWED, message);
        return Optional.empty();
    }

    private Optional<Assertion> assertion(MemberReader reader, JsonNode parameters) {
        Optional<String> audience = reader.require("aud", reader.string("aud"));
        Optional<String> certificate = reader.require("certificate", reader.string("certificate"))
                .filter(pem -> AuthenticationReader.isCertificate(pem, reader));
        Optional<PrivateKey> key = secrets.require(reader, "privateKey")
                .filter(pem -> AuthenticationReader.isKey(pem, reader))
                .flatMap(pem -> PemText.privateKey(pem.reveal()));
        Optional<String> keyId = reader.string("keyId");
        JsonPointer at = reader.at("body").appendProperty("bodyParams");
        String client = parameters.path("client_id").asText("").strip();
        if (client.isEmpty()) {
            String message = "'client_id' is required: the assertion names it";
            reader.issues().error(at.appendProperty("client_id"), ValueIssue.MISSING, message);
        }
        if (parameters.path("scope").asText("").length() > MAX_SCOPE) {
            String message = "'scope' is one text of at most " + MAX_SCOPE + " characters, divided by spaces";
            reader.issues().error(at.appendProperty("scope"), ValueIssue.OUT_OF_RANGE, message);
        }
        return audience.flatMap(aud -> certificate.flatMap(pem -> key.map(signing -> new Assertion(
                Assertion.Use.CLIENT,
                client,
                Optional.of(client),
                aud,
                Optional.empty(),
                keyId,
                Optional.of(PemText.thumbprint(PemText.certificates(pem).get(0))),
                signing))));
    }
}
