package dev.onward.credential;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.egress.QueryString;
import dev.onward.egress.SecretHeaders;
import dev.onward.egress.UrlParser;
import dev.onward.value.InvalidException;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The OAuth document of the model system's custom channels, as an import format: it becomes a {@code
 * customAuthorization}, which is what is stored and shown. It has no {@code type}; its {@code tokenPath} tells it. What
 * cannot be mapped is refused.
 */
public final class ChannelOAuth {

    private static final String AUTHENTICATION = "authentication";
    private static final String TOKEN_PATH = "tokenPath";
    private static final Set<String> BEARER_PREFIXES = Set.of("", "bearer");

    private final Issues issues;
    private final ObjectNode mapped = JsonNodeFactory.instance.objectNode();

    private ChannelOAuth(Issues issues) {
        this.issues = issues;
    }

    /**
     * The definition or credential with such a document mapped; any other as it is. The one given is not changed.
     *
     * @throws InvalidException with everything that cannot be mapped
     */
    public static JsonNode mapped(JsonNode document) {
        JsonNode authentication = document.path(AUTHENTICATION);
        if (!(document instanceof ObjectNode) || authentication.has("type") || !authentication.has(TOKEN_PATH)) {
            return document;
        }
        Issues issues = new Issues();
        ChannelOAuth reading = new ChannelOAuth(issues);
        MemberReader.of(authentication, JsonPointer.empty().appendProperty(AUTHENTICATION), issues)
                .ifPresent(reading::read);
        issues.throwIfErrors();
        ObjectNode copy = document.deepCopy();
        copy.set(AUTHENTICATION, reading.mapped);
        return copy;
    }

    private void read(MemberReader reader) {
        mapped.put("type", "customAuthorization");
        Optional<String> endpoint = reader.require("endpoint", reader.string("endpoint"));
        reader.require("method", reader.string("method")).ifPresent(method -> mapped.put("method", method));
        Optional<MemberReader> request = reader.object("request");
        Map<String, String> query = request.map(this::request).orElse(Map.of());
        endpoint.ifPresent(url -> mapped.put("endpoint", withQuery(url, query, reader)));
        reader.object("policy").ifPresent(this::policy);
        reader.require(TOKEN_PATH, reader.string(TOKEN_PATH))
                .ifPresent(path -> mapped.put("tokenInResponse", tokenPath(path)));
        reader.requireObject("locationConfig").ifPresent(this::location);
        reader.array("credentialPaths").ifPresent(paths -> credentialPaths(paths, reader));
        if (reader.any("mtls").isPresent()) {
            mapped.set("mtls", reader.any("mtls").get());
        }
        reader.finish();
    }

    /** @return the parameters of the query */
    private Map<String, String> request(MemberReader reader) {
        reader.object("headers").ifPresent(headers -> {
            ObjectNode copy = mapped.putObject("headers");
            texts(headers).forEach(copy::put);
        });
        reader.object("payload").ifPresent(this::payload);
        Map<String, String> query =
                reader.object("queryParams").map(ChannelOAuth::texts).orElse(Map.of());
        reader.finish();
        return query;
    }

    private static Map<String, String> texts(MemberReader reader) {
        Map<String, String> texts = new LinkedHashMap<>();
        for (String name : reader.names()) {
            reader.string(name).ifPresent(text -> texts.put(name, text));
        }
        return texts;
    }

    private static String withQuery(String url, Map<String, String> query, MemberReader reader) {
        if (query.isEmpty()) {
            return url;
        }
        JsonPointer at = reader.at("endpoint");
        return UrlParser.parse(url, at, reader.issues())
                .flatMap(base -> QueryString.append(base, query, at, reader.issues()))
                .map(joined -> joined.url())
                .orElse(url);
    }

    /** The parameters are the one object beside {@code type}, whatever its name, or else all members beside it. */
    private void payload(MemberReader reader) {
        Optional<String> type = reader.require("type", reader.string("type"));
        List<String> others =
                reader.names().stream().filter(name -> !name.equals("type")).toList();
        List<String> objects = others.stream()
                .filter(name -> reader.any(name).filter(JsonNode::isObject).isPresent())
                .toList();
        boolean nested = objects.size() == 1 && others.size() == 1;
        if (others.isEmpty() || !nested && !objects.isEmpty()) {
            unmappable(reader, "", "'payload' must hold 'type' and the parameters: as one object, or as its members");
            return;
        }
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        others.forEach(name -> reader.any(name).ifPresent(value -> parameters.set(name, value)));
        ObjectNode body = mapped.putObject("body");
        type.ifPresent(known -> body.put("bodyType", known));
        body.set("bodyParams", nested ? parameters.path(others.get(0)) : parameters);
        reader.finish();
    }

    /** A timeout is read and not kept: every token request has the same. */
    private void policy(MemberReader reader) {
        reader.integer("timeoutInMilliseconds", 1, Integer.MAX_VALUE);
        Optional<JsonNode> cache = reader.any("cache");
        if (cache.filter(JsonNode::isObject).isPresent()) {
            reader.object("cache").ifPresent(this::cache);
        } else if (cache.isPresent() && !cache.get().equals(JsonNodeFactory.instance.booleanNode(true))) {
            unmappable(reader, "cache", "'cache' must be true, or an object; tokens are always kept until they expire");
        }
        reader.finish();
    }

    private void cache(MemberReader reader) {
        if (reader.bool("enabled").filter(enabled -> !enabled).isPresent()) {
            unmappable(reader, "enabled", "tokens are always kept until they expire; leave 'enabled' out");
        }
        ObjectNode duration = JsonNodeFactory.instance.objectNode();
        reader.any("duration").ifPresent(value -> duration.set("duration", value));
        reader.string("expiryInResponse").ifPresent(path -> duration.put("expiryInResponse", tokenPath(path)));
        reader.string("timeUnit").ifPresent(unit -> duration.put("timeUnit", unit.toLowerCase(Locale.ROOT)));
        if (!duration.isEmpty()) {
            mapped.set("cacheDuration", duration);
        }
        reader.finish();
    }

    private void location(MemberReader reader) {
        Optional<String> type = reader.require("type", reader.string("type"));
        Optional<String> name = reader.string("name").or(() -> reader.string("tokenTarget"));
        String prefix = reader.string("prefix").orElse("").strip();
        boolean authorization =
                name.filter(given -> given.equalsIgnoreCase("authorization")).isPresent();
        boolean bearer = authorization && prefix.equalsIgnoreCase("bearer");
        if (!prefix.isEmpty() && !bearer && !BEARER_PREFIXES.contains(prefix.toLowerCase(Locale.ROOT))) {
            unmappable(reader, "prefix", "'prefix' must be \"Bearer\", or left out");
        } else if (!prefix.isEmpty() && !bearer && name.isPresent()) {
            unmappable(reader, "prefix", "a prefix is written in the header Authorization alone");
        }
        type.ifPresent(given -> mapped.put("authorizationType", bearer ? "bearer" : given));
        name.filter(given -> !bearer).ifPresent(given -> mapped.put("tokenTarget", given));
        reader.finish();
    }

    /** Every parameter of a payload is secret with us; of headers those whose names say so; nothing in a URL. */
    private void credentialPaths(JsonNode paths, MemberReader reader) {
        for (JsonNode path : paths) {
            List<String> words = new ArrayList<>(List.of(path.asText("").split("[./\\[\\]'\"$]+")));
            words.removeIf(String::isEmpty);
            String last = words.isEmpty() ? "" : words.get(words.size() - 1);
            boolean kept = words.contains("payload") || words.contains("headers") && SecretHeaders.isSecret(last);
            if (!kept) {
                unmappable(
                        reader,
                        "credentialPaths",
                        "the secret at '" + path.asText("")
                                + "' would not be kept as one: it must stand in the payload,"
                                + " or in a header whose name says that it is secret, such as Authorization");
            }
        }
    }

    /** {@code a.b}, {@code $.a.b} and {@code /a/b} are what is {@code json://a.b} with us. */
    private static String tokenPath(String path) {
        if (path.equals("response") || path.startsWith("json://")) {
            return path;
        }
        String bare = path.startsWith("$.") ? path.substring(2) : path.startsWith("/") ? path.substring(1) : path;
        return "json://" + (path.startsWith("/") ? bare.replace('/', '.') : bare);
    }

    private void unmappable(MemberReader reader, String member, String message) {
        issues.error(
                member.isEmpty() ? reader.at() : reader.at(member), CredentialIssue.CHANNEL_OAUTH_UNMAPPABLE, message);
    }
}
