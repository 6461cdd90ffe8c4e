package dev.onward.credential;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.call.auth.Authentication;
import dev.onward.call.auth.ClientIdentity;
import dev.onward.call.auth.SignatureScheme;
import dev.onward.call.auth.TokenTarget;
import dev.onward.egress.BodyType;
import dev.onward.egress.Destination;
import dev.onward.egress.DestinationRule;
import dev.onward.egress.HeaderRules;
import dev.onward.egress.QueryString;
import dev.onward.secret.SecretText;
import dev.onward.value.Digests;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads {@code authentication} of a definition or of a named credential; every fault is noted. */
public final class AuthenticationReader {

    private static final HeaderRules HEADERS = new HeaderRules(BodyType.JSON);
    private static final Pattern USERNAME = Pattern.compile("[^:\\p{Cntrl}]{1,255}");
    private static final String DEFAULT_SIGNATURE_HEADER = "X-Signature-256";

    private final SecretReader secrets;
    private final DestinationRule rule;

    /**
     * A reader of one document.
     *
     * @param secrets of the document
     * @param rule for the endpoints of tokens
     */
    public AuthenticationReader(SecretValues secrets, DestinationRule rule) {
        this.secrets = new SecretReader(secrets);
        this.rule = rule;
    }

    private enum Type {
        NONE("none"),
        BASIC("basic"),
        API_KEY("apiKey"),
        BEARER("bearer"),
        CUSTOM_AUTHORIZATION("customAuthorization"),
        OAUTH2("oauth2"),
        SIGNATURE("signature");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /** What the object says; empty when an error was noted. */
    public Optional<CredentialDefinition> read(MemberReader reader) {
        Optional<Type> type = reader.require("type", reader.oneOf("type", Type.values(), Type::wireName));
        Optional<Authentication> authentication = type.flatMap(known -> authentication(known, reader));
        Optional<ClientIdentity> identity = reader.object("mtls").flatMap(this::identity);
        if (type.isPresent()) {
            reader.finish();
        }
        return authentication.map(read -> new CredentialDefinition(
                read,
                identity,
                read instanceof Authentication.Token token
                        ? Optional.of(token.request().endpoint())
                        : Optional.<Destination>empty(),
                secrets.all()));
    }

    private Optional<Authentication> authentication(Type type, MemberReader reader) {
        return switch (type) {
            case NONE -> Optional.of(new Authentication.None());
            case BASIC -> basic(reader);
            case API_KEY -> apiKey(reader);
            case BEARER -> visible(reader, "token").map(Authentication.Bearer::new);
            case CUSTOM_AUTHORIZATION -> new CustomAuthorizationReader(secrets, rule).read(reader);
            case OAUTH2 -> new OAuth2Reader(secrets, rule).read(reader);
            case SIGNATURE -> signature(reader);
        };
    }

    private Optional<Authentication> basic(MemberReader reader) {
        Optional<String> username = reader.require("username", reader.string("username"))
                .filter(name -> {
                    boolean fits = USERNAME.matcher(name).matches();
                    if (!fits) {
                        String message = "a username has 1 to 255 characters, no colon and no control characters";
                        reader.issues().error(reader.at("username"), CredentialIssue.USERNAME_INVALID, message);
                    }
                    return fits;
                });
        Optional<SecretText> password = reader.require("password", secrets.secret(reader, "password"));
        return username.flatMap(name -> password.map(word -> new Authentication.Basic(name, word)));
    }

    private Optional<Authentication> apiKey(MemberReader reader) {
        Optional<String> name = reader.require("name", reader.string("name"));
        Optional<Location> location =
                reader.require("location", reader.oneOf("location", Location.values(), Location::wireName));
        Optional<SecretText> value =
                location.filter(place -> place == Location.QUERY_PARAM).isPresent()
                        ? secrets.require(reader, "value")
                        : visible(reader, "value");
        Optional<TokenTarget> target = location.flatMap(
                place -> name.flatMap(given -> target(place, given, reader.at("name"), reader.issues())));
        return target.flatMap(place -> value.map(key -> new Authentication.ApiKey(place, key)));
    }

    /** Where a value stands; empty when the name cannot be one. */
    static Optional<TokenTarget> target(Location location, String name, JsonPointer at, Issues issues) {
        Issues faults = new Issues();
        if (location == Location.HEADER) {
            HEADERS.checkName(name, at, faults);
        } else {
            QueryString.checkName(name, at, faults);
        }
        issues.addAll(faults.errors());
        if (faults.hasErrors()) {
            return Optional.empty();
        }
        return Optional.of(
                location == Location.HEADER ? new TokenTarget.NamedHeader(name) : new TokenTarget.QueryParameter(name));
    }

    /** Where a key may stand. */
    enum Location {
        HEADER("header"),
        QUERY_PARAM("queryParam");

        private final String wireName;

        Location(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }

    /** A secret that becomes the value of a header. */
    private Optional<SecretText> visible(MemberReader reader, String member) {
        return secrets.require(reader, member)
                .filter(value -> isHeaderValue(value, reader.at(member), reader.issues()));
    }

    /** Whether a secret can be a header's value; else an issue is noted, which quotes nothing. */
    public static boolean isHeaderValue(SecretText value, JsonPointer at, Issues issues) {
        Issues faults = new Issues();
        HEADERS.checkValue("X-Secret", value.reveal(), at, faults);
        if (faults.hasErrors()) {
            String message = "the value must be visible ASCII of at most " + HeaderRules.MAX_HEADER_BYTES
                    + " characters, with spaces and tabs inside only";
            issues.error(at, CredentialIssue.SECRET_INVALID, message);
        }
        return !faults.hasErrors();
    }

    private Optional<Authentication> signature(MemberReader reader) {
        Optional<SignatureScheme> scheme =
                reader.require("scheme", reader.oneOf("scheme", SignatureScheme.values(), SignatureScheme::wireName));
        Optional<SecretText> secret = secrets.require(reader, "secret");
        Optional<String> header =
                scheme.filter(known -> known == SignatureScheme.HMAC_SHA256).isPresent()
                        ? reader.string("header").or(() -> Optional.of(DEFAULT_SIGNATURE_HEADER))
                        : Optional.of("");
        boolean named = header.filter(name -> !name.isEmpty())
                .map(name -> target(Location.HEADER, name, reader.at("header"), reader.issues())
                        .isPresent())
                .orElse(true);
        Optional<SecretText> usable = secret.filter(value ->
                scheme.isEmpty() || scheme.get() != SignatureScheme.STANDARD_WEBHOOKS || isWebhookKey(value, reader));
        return scheme.filter(known -> named)
                .flatMap(known ->
                        usable.flatMap(value -> header.map(name -> new Authentication.Signature(known, value, name))));
    }

    private static boolean isWebhookKey(SecretText value, MemberReader reader) {
        String text = value.reveal();
        String base64 = text.startsWith("whsec_") ? text.substring("whsec_".length()) : text;
        try {
            if (Base64.getDecoder().decode(base64).length > 0) {
                return true;
            }
        } catch (IllegalArgumentException notBase64) {
            // Told below.
        }
        String message = "a secret of Standard Webhooks is Base64, with or without whsec_ in front";
        reader.issues().error(reader.at("secret"), CredentialIssue.SECRET_INVALID, message);
        return false;
    }

    private Optional<ClientIdentity> identity(MemberReader reader) {
        Optional<String> certificate =
                reader.require("certificate", reader.string("certificate")).filter(pem -> isCertificate(pem, reader));
        Optional<SecretText> key = secrets.require(reader, "privateKey").filter(pem -> isKey(pem, reader));
        reader.finish();
        return certificate.flatMap(chain -> key.map(secret ->
                new ClientIdentity(Digests.sha256(chain + "\n" + Digests.sha256(secret.reveal())), chain, secret)));
    }

    static boolean isCertificate(String pem, MemberReader reader) {
        boolean read = !PemText.certificates(pem).isEmpty();
        if (!read) {
            String message = "PEM with the certificate, and perhaps its chain, is expected";
            reader.issues().error(reader.at("certificate"), CredentialIssue.CERTIFICATE_INVALID, message);
        }
        return read;
    }

    static boolean isKey(SecretText pem, MemberReader reader) {
        boolean read = PemText.privateKey(pem.reveal()).isPresent();
        if (!read) {
            String message = "PEM with a PKCS#8 key (BEGIN PRIVATE KEY), RSA or of the curve P-256, is expected;"
                    + " `openssl pkcs8 -topk8 -nocrypt` makes one of other forms";
            reader.issues().error(reader.at("privateKey"), CredentialIssue.KEY_INVALID, message);
        }
        return read;
    }
}
