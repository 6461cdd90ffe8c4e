package dev.onward.limit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads configurations as the model system writes them, its forms of 2020 included; every fault is noted. Members that it
 * does not know are let pass, as there.
 */
final class LimitReader {

    static final int MAX_THROUGHPUT = 100_000;

    private static final int MAX_WEIGHT = 100;

    /** Of one window; each call in it takes eight bytes. */
    static final int MAX_CALLS = 10_000_000;

    /** 31 days. */
    static final long MAX_PERIOD_MILLIS = 2_678_400_000L;

    private static final Set<String> METHODS = Set.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTION");
    private static final String ACTION = "action";
    private static final Set<String> SERVICES = Set.of(ACTION, "dataSource");

    private LimitReader() {}

    /** A capping; empty when an error was noted. */
    static Optional<CappingRule> capping(JsonNode document, LimitCheck check) {
        if (!document.isObject()) {
            check.error(LimitCode.CAPPING_PAYLOAD_INVALID);
            return Optional.empty();
        }
        Optional<UrlPattern> url = url(document.path("url"), check);
        Optional<Set<String>> methods = methods(document.path("methods"));
        if (methods.isEmpty()) {
            check.error(LimitCode.METHODS_MISSING);
        }
        Optional<CappingRule.Rate> action = services(document, check);
        return check.isSound()
                ? url.flatMap(pattern -> methods.map(names -> new CappingRule(pattern, names, action)))
                : Optional.empty();
    }

    /** A throttling; empty when an error was noted. */
    static Optional<ThrottlingRule> throttling(JsonNode document, LimitCheck check) {
        if (!document.isObject()) {
            check.error(LimitCode.THROTTLING_PAYLOAD_INVALID);
            return Optional.empty();
        }
        for (String name : Set.of("name", "description")) {
            JsonNode text = document.path(name);
            if (!text.isMissingNode() && !text.isNull() && !isStorable(text)) {
                check.error(LimitCode.THROTTLING_PAYLOAD_INVALID);
            }
        }
        Optional<UrlPattern> url = pattern(document.path("urlPattern"), check);
        Optional<Set<String>> methods = methods(document.path("methods"));
        if (methods.isEmpty()) {
            check.error(LimitCode.ATTRIBUTE_MISSING, "methods");
        }
        JsonNode throughput = document.path("maxThroughput");
        if (!isWhole(throughput, 1, MAX_THROUGHPUT)) {
            check.error(LimitCode.THROUGHPUT_INVALID);
        }
        Map<String, Integer> weights = weights(document.path("weights"), check);
        return check.isSound()
                ? url.flatMap(pattern ->
                        methods.map(names -> new ThrottlingRule(pattern, names, throughput.intValue(), weights)))
                : Optional.empty();
    }

    private static Map<String, Integer> weights(JsonNode weights, LimitCheck check) {
        Map<String, Integer> byJourney = new HashMap<>();
        if (!weights.isMissingNode() && !weights.isObject()) {
            check.error(LimitCode.WEIGHTS_INVALID, "no object");
        }
        for (Map.Entry<String, JsonNode> weight : weights.properties()) {
            if (isWhole(weight.getValue(), 1, MAX_WEIGHT)) {
                byJourney.put(weight.getKey(), weight.getValue().intValue());
            } else {
                check.error(LimitCode.WEIGHTS_INVALID, "another for '" + weight.getKey() + "'");
            }
        }
        return byJourney;
    }

    private static Optional<UrlPattern> url(JsonNode url, LimitCheck check) {
        if (!url.isTextual() || url.textValue().isBlank()) {
            check.error(LimitCode.URL_MISSING);
            return Optional.empty();
        }
        UrlPattern.Parsed parsed = UrlPattern.parse(url.textValue());
        parsed.fault()
                .ifPresent(fault -> check.error(
                        fault == UrlPattern.Fault.WILDCARD_IN_HOST ? LimitCode.URL_WILDCARD : LimitCode.URL_MALFORMED));
        return parsed.pattern();
    }

    private static Optional<UrlPattern> pattern(JsonNode url, LimitCheck check) {
        if (!url.isTextual() || url.textValue().isBlank()) {
            check.error(LimitCode.ATTRIBUTE_MISSING, "urlPattern");
            return Optional.empty();
        }
        UrlPattern.Parsed parsed = UrlPattern.parse(url.textValue());
        parsed.fault()
                .ifPresent(fault -> check.error(
                        fault == UrlPattern.Fault.WILDCARD_IN_HOST
                                ? LimitCode.PATTERN_WILDCARD
                                : LimitCode.PATTERN_MALFORMED));
        return parsed.pattern();
    }

    /** Empty when there is none, or one that nobody knows. */
    private static Optional<Set<String>> methods(JsonNode methods) {
        Set<String> names = new LinkedHashSet<>();
        methods.forEach(method -> names.add(method.asText()));
        return methods.isArray() && !names.isEmpty() && METHODS.containsAll(names)
                ? Optional.of(names)
                : Optional.empty();
    }

    /** The rate for actions, if there is one. */
    private static Optional<CappingRule.Rate> services(JsonNode document, LimitCheck check) {
        JsonNode services = document.path("services");
        Set<String> known = new HashSet<>();
        Optional<CappingRule.Rate> action = Optional.empty();
        for (Map.Entry<String, JsonNode> service : services.properties()) {
            if (!SERVICES.contains(service.getKey())) {
                check.error(LimitCode.SERVICE_UNKNOWN, service.getKey());
                continue;
            }
            known.add(service.getKey());
            Optional<CappingRule.Rate> rate = rate(service, document.path("url").asText(), check);
            action = service.getKey().equals(ACTION) ? rate : action;
        }
        if (known.isEmpty() && check.isSound()) {
            check.error(LimitCode.RATING_MISSING);
        }
        return action;
    }

    private static Optional<CappingRule.Rate> rate(Map.Entry<String, JsonNode> service, String url, LimitCheck check) {
        JsonNode value = service.getValue();
        JsonNode rating = value.has("callRating") ? value.path("callRating") : value.path("rating");
        if (!rating.isObject()) {
            check.error(LimitCode.RATING_MISSING);
            return Optional.empty();
        }
        JsonNode most = rating.has("maxCalls") ? rating.path("maxCalls") : rating.path("maxCallsCount");
        JsonNode period = rating.path("periodInMs");
        if (!isWhole(most, 1, MAX_CALLS)) {
            check.error(LimitCode.CALLS_INVALID);
        }
        if (!isWhole(period, 1, MAX_PERIOD_MILLIS)) {
            check.error(LimitCode.PERIOD_INVALID);
        }
        OptionalInt connections = connections(service, url, check);
        return check.isSound()
                ? Optional.of(new CappingRule.Rate(most.intValue(), period.longValue(), connections))
                : Optional.empty();
    }

    /** The model system stores -1 where none was given. More than there are calls under way bound nothing. */
    private static OptionalInt connections(Map.Entry<String, JsonNode> service, String url, LimitCheck check) {
        JsonNode connections = service.getValue().path("maxHttpConnections");
        boolean undefined = connections.isMissingNode()
                || connections.isNull()
                || (connections.isIntegralNumber() && connections.longValue() == -1);
        if (undefined) {
            check.warning(LimitCode.CONNECTIONS_UNDEFINED, service.getKey(), url);
            return OptionalInt.empty();
        }
        if (!connections.isIntegralNumber() || connections.bigIntegerValue().signum() <= 0) {
            check.error(LimitCode.CAPPING_PAYLOAD_INVALID);
            return OptionalInt.empty();
        }
        return OptionalInt.of(connections.canConvertToInt() ? connections.intValue() : Integer.MAX_VALUE);
    }

    private static boolean isWhole(JsonNode number, long least, long most) {
        return number.isIntegralNumber()
                && number.canConvertToLong()
                && number.longValue() >= least
                && number.longValue() <= most;
    }

    private static boolean isStorable(JsonNode text) {
        return text.isTextual()
                && text.textValue().indexOf('\0') < 0
                && text.textValue().length() <= 2_000;
    }
}
