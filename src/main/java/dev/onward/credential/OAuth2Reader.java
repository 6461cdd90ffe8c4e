package dev.onward.credential;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.onward.egress.UrlParser;
import dev.onward.secret.SecretText;
import dev.onward.value.JsonBuffer;
import dev.onward.value.MemberReader;
import java.security.PrivateKey;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the presets of OAuth 2 (RFC 6749, RFC 7523): token requests whose form is known. */
final class OAuth2Reader {

    private static final TokenPath ACCESS_TOKEN = new TokenPath(List.of("access_token"));
    private static final TokenPath EXPIRES_IN = new TokenPath(List.of("expires_in"));

    private final SecretReader secrets;
    private final DestinationRule rule;

    OAuth2Reader(SecretReader secrets, DestinationRule rule) {
        this.secrets = secrets;
        this.rule = rule;
    }

    private enum Grant {
        CLIENT_CREDENTIALS("client_credentials"),
        REFRESH_TOKEN("refresh_token"),
        PASSWORD("password"),
        JWT_BEARER("urn:ietf:params:oauth:grant-type:jwt-bearer");

        private final String type;

        Grant(String type) {
            this.type = type;
        }

        String wireName() {
            return this == JWT_BEARER ? "jwt_bearer" : type;
        }
    }

    Optional<Authentication> read(MemberReader reader) {
        Optional<Grant> grant = reader.require("grant", reader.oneOf("grant", Grant.values(), Grant::wireName));
        Optional<Destination> endpoint = endpoint(reader);
        ObjectNode form = JsonNodeFactory.instance.objectNode();
        grant.ifPresent(known -> {
            form.put("grant_type", known.type);
            parameters(known, reader, form);
        });
        Optional<Assertion> assertion =
                grant.filter(known -> known == Grant.JWT_BEARER).flatMap(known -> assertion(reader, endpoint));
        if (reader.issues().hasErrors() || grant.isEmpty() || endpoint.isEmpty()) {
            return Optional.empty();
        }
        TokenRequest request = new TokenRequest(
                HttpMethod.POST,
                endpoint.get(),
                Map.of(),
                Optional.of(new TokenRequest.Body(BodyType.FORM, SecretText.of(JsonBuffer.textOf(form)))),
                assertion,
                ACCESS_TOKEN,
                TokenLifetime.at(EXPIRES_IN, Duration.ofSeconds(1)),
                Optional.empty());
        return Optional.of(new Authentication.Token(request, new TokenTarget.BearerHeader()));
    }

    private Optional<Destination> endpoint(MemberReader reader) {
        JsonPointer at = reader.at("tokenUrl");
        Optional<Destination> endpoint = reader.require("tokenUrl", reader.string("tokenUrl"))
                .flatMap(url -> UrlParser.parse(url, at, reader.issues()));
        endpoint.ifPresent(where -> rule.check(where, at, reader.issues()));
        return endpoint;
    }

    private void parameters(Grant grant, MemberReader reader, ObjectNode form) {
        if (grant == Grant.JWT_BEARER) {
            return;
        }
        Optional<String> client = reader.string("clientId");
        Optional<SecretText> secret;
        if (grant == Grant.CLIENT_CREDENTIALS) {
            client = reader.require("clientId", client);
            secret = secrets.require(reader, "clientSecret");
        } else {
            secret = secrets.secret(reader, "clientSecret");
        }
        client.ifPresent(id -> form.put("client_id", id));
        secret.ifPresent(value -> form.put("client_secret", value.reveal()));
        if (grant == Grant.PASSWORD) {
            reader.require("username", reader.string("username")).ifPresent(name -> form.put("username", name));
            secrets.require(reader, "password").ifPresent(value -> form.put("password", value.reveal()));
        }
        if (grant == Grant.REFRESH_TOKEN) {
            secrets.require(reader, "refreshToken").ifPresent(value -> form.put("refresh_token", value.reveal()));
        }
        reader.string("scope").ifPresent(scope -> form.put("scope", scope));
    }

    private Optional<Assertion> assertion(MemberReader reader, Optional<Destination> endpoint) {
        Optional<String> issuer = reader.require("issuer", reader.string("issuer"));
        Optional<String> audience = reader.string("audience").or(() -> endpoint.map(Destination::url));
        Optional<String> subject = reader.string("subject");
        Optional<String> scope = reader.string("scope");
        Optional<String> keyId = reader.string("keyId");
        Optional<PrivateKey> key = secrets.require(reader, "privateKey")
                .filter(pem -> AuthenticationReader.isKey(pem, reader))
                .flatMap(pem -> PemText.privateKey(pem.reveal()));
        return issuer.flatMap(who -> audience.flatMap(whom -> key.map(signing ->
                new Assertion(Assertion.Use.GRANT, who, subject, whom, scope, keyId, Optional.empty(), signing))));
    }
}
