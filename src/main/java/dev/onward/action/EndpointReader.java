package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.EndpointRules;
import dev.onward.call.HttpMethod;
import dev.onward.call.Redirects;
import dev.onward.credential.AuthenticationReader;
import dev.onward.credential.SecretConstants;
import dev.onward.credential.SecretValues;
import dev.onward.egress.BodyType;
import dev.onward.egress.Destination;
import dev.onward.egress.DestinationRule;
import dev.onward.egress.HeaderRules;
import dev.onward.egress.QueryString;
import dev.onward.egress.SecretHeaders;
import dev.onward.egress.UrlParser;
import dev.onward.secret.SecretText;
import dev.onward.template.TemplateCompiler;
import dev.onward.template.TextTemplate;
import dev.onward.value.Arguments;
import dev.onward.value.MemberReader;
import dev.onward.value.Parameter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads {@code endpoint} of a definition. */
final class EndpointReader {

    private final DestinationRule rule;
    private final Map<String, Parameter> parameters;
    private final HeaderRules headerRules;
    private final Optional<SecretConstants> secrets;
    private final Map<String, SecretText> secretHeaders = new LinkedHashMap<>();
    private final Map<String, SecretText> secretQuery = new LinkedHashMap<>();

    EndpointReader(
            DestinationRule rule,
            Map<String, Parameter> parameters,
            BodyType bodyType,
            Optional<SecretValues> secrets) {
        this.rule = rule;
        this.parameters = parameters;
        this.headerRules = new HeaderRules(bodyType);
        this.secrets = secrets.map(SecretConstants::new);
    }

    /** Headers whose constant values are secret, as far as they were read. */
    Map<String, SecretText> secretHeaders() {
        return secretHeaders;
    }

    /** Query parameters whose constant values are secret, as far as they were read. */
    Map<String, SecretText> secretQuery() {
        return secretQuery;
    }

    Optional<Endpoint> read(MemberReader reader) {
        Optional<Destination> destination = destination(reader);
        Optional<HttpMethod> method =
                reader.require("method", reader.oneOf("method", HttpMethod.values(), HttpMethod::name));
        Map<String, TextTemplate> headers =
                reader.object("headers").map(this::headers).orElse(Map.of());
        Map<String, TextTemplate> query =
                reader.object("query").map(this::query).orElse(Map.of());
        EndpointRules rules = rules(reader);
        reader.finish();
        return destination.flatMap(where -> method.map(known -> new Endpoint(known, where, headers, query, rules)));
    }

    private static EndpointRules rules(MemberReader reader) {
        Redirects redirects = reader.oneOf("redirects", Redirects.values(), Redirects::wireName)
                .orElse(Redirects.NONE);
        OptionalInt maxConcurrency = reader.integer("maxConcurrency", 1, EndpointRules.MAX_CONCURRENCY).stream()
                .mapToInt(Integer::intValue)
                .findFirst();
        return new EndpointRules(redirects, maxConcurrency);
    }

    private Optional<Destination> destination(MemberReader reader) {
        JsonPointer at = reader.at("url");
        Optional<Destination> destination =
                reader.require("url", reader.string("url")).flatMap(url -> UrlParser.parse(url, at, reader.issues()));
        destination.ifPresent(where -> rule.check(where, at, reader.issues()));
        return destination;
    }

    private Map<String, TextTemplate> headers(MemberReader reader) {
        Map<String, TextTemplate> headers = values(reader, secretHeaders);
        secretHeaders.forEach(
                (name, value) -> AuthenticationReader.isHeaderValue(value, reader.at(name), reader.issues()));
        headerRules.checkNames(reader.names(), reader.at(), reader.issues());
        headers.forEach((name, value) -> {
            Optional<String> constant =
                    value.usedParameters().isEmpty() ? value.render(Arguments.NONE) : Optional.empty();
            constant.ifPresent(text -> headerRules.checkValue(name, text, reader.at(name), reader.issues()));
            if (constant.isPresent() && SecretHeaders.isSecret(name)) {
                String message = "every key that may read this definition can read the value of '" + name + "'";
                reader.issues().warning(reader.at(name), ActionIssue.SECRET_IN_PLAIN_TEXT, message);
            }
        });
        return headers;
    }

    private Map<String, TextTemplate> query(MemberReader reader) {
        reader.names().forEach(name -> QueryString.checkName(name, reader.at(name), reader.issues()));
        return values(reader, secretQuery);
    }

    /** The templates; secret constants go into {@code secret} instead. */
    private Map<String, TextTemplate> values(MemberReader reader, Map<String, SecretText> secret) {
        Map<String, TextTemplate> values = new LinkedHashMap<>();
        for (String name : reader.names()) {
            Optional<JsonNode> value = reader.any(name);
            JsonPointer at = reader.at(name);
            if (value.filter(JsonNode::isObject).isPresent()) {
                secrets.flatMap(known -> known.read(value.get(), at, reader.issues()))
                        .ifPresent(text -> secret.put(name, text));
            } else {
                value.flatMap(node -> new TemplateCompiler(parameters, reader.issues()).text(node, at))
                        .ifPresent(template -> values.put(name, template));
            }
        }
        return values;
    }
}
