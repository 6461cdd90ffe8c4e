package dev.onward.invocation;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.action.ActionDefinition;
import dev.onward.call.OutboundRequest;
import dev.onward.egress.BodyType;
import dev.onward.egress.Destination;
import dev.onward.egress.EgressIssue;
import dev.onward.egress.Header;
import dev.onward.egress.HeaderRules;
import dev.onward.egress.PathJoiner;
import dev.onward.egress.QueryString;
import dev.onward.template.Template;
import dev.onward.template.TemplateException;
import dev.onward.template.TextTemplate;
import dev.onward.value.Arguments;
import dev.onward.value.Issues;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks an invocation's arguments and renders the whole message, before any connection is asked for. Thread-safe. */
final class RequestRenderer {

    private static final JsonPointer ARGUMENTS = JsonPointer.compile("/arguments");
    private static final JsonPointer PATH = JsonPointer.compile("/path");
    private static final HeaderRules BESIDE_JSON = new HeaderRules(BodyType.JSON);
    private static final HeaderRules BESIDE_FORM = new HeaderRules(BodyType.FORM);
    private static final Header ACCEPT = new Header("Accept", "application/json");

    private final Header userAgent;

    /** A renderer whose messages say who sends them: {@code Onward/<version>}. */
    RequestRenderer(String userAgent) {
        this.userAgent = new Header("User-Agent", userAgent);
    }

    /**
     * The message that an action sends for an invocation.
     *
     * @throws ArgumentsInvalidException with every fault of arguments and path
     */
    OutboundRequest render(ActionDefinition definition, Invocation invocation) {
        Issues issues = new Issues();
        Optional<Arguments> arguments =
                Arguments.check(invocation.arguments(), definition.parameters(), ARGUMENTS, issues);
        Destination base = definition.endpoint().destination();
        Optional<Destination> destination = invocation.path().isEmpty()
                ? Optional.of(base)
                : PathJoiner.join(base, invocation.path().get(), PATH, issues);
        Optional<OutboundRequest> request = arguments.flatMap(checked -> destination
                .flatMap(where -> withQuery(definition, where, checked, issues))
                .map(where -> message(definition, where, checked, issues)));
        if (issues.hasErrors()) {
            throw new ArgumentsInvalidException(issues.errors());
        }
        return request.orElseThrow();
    }

    private OutboundRequest message(
            ActionDefinition definition, Destination destination, Arguments arguments, Issues issues) {
        Optional<byte[]> body = definition.body().template().flatMap(template -> body(template, arguments, issues));
        List<Header> headers = headers(definition, arguments, body.isPresent(), issues);
        return new OutboundRequest(definition.endpoint().method(), destination, headers, body);
    }

    private static Optional<byte[]> body(Template template, Arguments arguments, Issues issues) {
        try {
            return Optional.of(template.render(arguments));
        } catch (TemplateException unfit) {
            issues.error(ARGUMENTS, unfit.code(), String.valueOf(unfit.getMessage()));
            return Optional.empty();
        }
    }

    private static Optional<Destination> withQuery(
            ActionDefinition definition, Destination base, Arguments arguments, Issues issues) {
        Map<String, String> query = new LinkedHashMap<>();
        definition
                .endpoint()
                .query()
                .forEach((name, template) -> template.render(arguments).ifPresent(value -> query.put(name, value)));
        if (query.isEmpty()) {
            return Optional.of(base);
        }
        Issues faults = new Issues();
        Optional<Destination> destination = QueryString.append(base, query, JsonPointer.empty(), faults);
        faults.errors().forEach(fault -> {
            TextTemplate faulty =
                    definition.endpoint().query().get(fault.pointer().getMatchingProperty());
            JsonPointer at = faulty == null ? ARGUMENTS : source(faulty);
            issues.error(at, fault.code(), fault.message());
        });
        return destination;
    }

    private List<Header> headers(ActionDefinition definition, Arguments arguments, boolean hasBody, Issues issues) {
        BodyType bodyType = definition.body().type();
        HeaderRules rules = bodyType == BodyType.FORM ? BESIDE_FORM : BESIDE_JSON;
        List<Header> headers = new ArrayList<>();
        definition
                .endpoint()
                .headers()
                .forEach((name, template) -> template.render(arguments).ifPresent(value -> {
                    rules.fault(name, value)
                            .ifPresent(fault -> issues.error(source(template), EgressIssue.HEADER_INVALID, fault));
                    headers.add(new Header(name, value));
                }));
        rules.fault(headers).ifPresent(fault -> issues.error(ARGUMENTS, EgressIssue.HEADER_LIMIT, fault));
        addDefault(headers, ACCEPT);
        addDefault(headers, userAgent);
        if (hasBody) {
            addDefault(headers, new Header("Content-Type", bodyType.contentType()));
        }
        return headers;
    }

    /** The argument to blame for an illegal value, where there is just one. */
    private static JsonPointer source(TextTemplate template) {
        Set<String> used = template.usedParameters();
        return used.size() == 1 ? ARGUMENTS.appendProperty(used.iterator().next()) : ARGUMENTS;
    }

    private static void addDefault(List<Header> headers, Header byDefault) {
        for (Header header : headers) {
            if (header.name().equalsIgnoreCase(byDefault.name())) {
                return;
            }
        }
        headers.add(byDefault);
    }
}
