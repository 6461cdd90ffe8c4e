package dev.onward.dispatch;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.calllog.LogParameters;
import dev.onward.calllog.search.LogQuery;
import dev.onward.calllog.search.LogScope;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A request to run many calls again.
 *
 * @param filter the conditions of the log's list, by name
 */
record ReplayRequest(Map<String, List<String>> filter, Replays.Terms terms) {

    private static final JsonPointer FILTER = JsonPointer.compile("/filter");
    private static final int DEFAULT_RATE = 50;
    private static final int MAX_RATE = 10_000;

    /** On which version of its action a call is run again. */
    enum Version {
        LATEST,
        SAME;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Optional<Version> of(String text) {
            return Stream.of(values())
                    .filter(each -> each.wireName().equals(text))
                    .findFirst();
        }
    }

    /**
     * Reads the document.
     *
     * @throws dev.onward.value.InvalidException with every fault of it, the values of conditions aside
     */
    static ReplayRequest read(JsonNode document) {
        Issues issues = new Issues();
        Optional<ReplayRequest> request =
                MemberReader.of(document, JsonPointer.empty(), issues).map(ReplayRequest::request);
        issues.throwIfErrors();
        return request.orElseThrow();
    }

    /**
     * The log's query.
     *
     * @throws dev.onward.value.InvalidException with every condition that is unknown or has a wrong value
     */
    LogQuery query(LogScope scope) {
        return new LogQuery(scope, LogParameters.filter(filter, FILTER), Optional.empty(), LogQuery.MAX_LIMIT);
    }

    private static ReplayRequest request(MemberReader reader) {
        Map<String, List<String>> filter = reader.require("filter", reader.object("filter"))
                .map(ReplayRequest::filter)
                .orElse(Map.of());
        int rate = reader.integer("rate", 1, MAX_RATE).orElse(DEFAULT_RATE);
        boolean dry = reader.bool("dryRun").orElse(false);
        Version version =
                reader.oneOf("version", Version.values(), Version::wireName).orElse(Version.LATEST);
        reader.finish();
        return new ReplayRequest(filter, new Replays.Terms(rate, version == Version.SAME, dry));
    }

    private static Map<String, List<String>> filter(MemberReader reader) {
        Map<String, List<String>> filter = new LinkedHashMap<>();
        for (String name : reader.names()) {
            if (name.equals("limit") || name.equals("cursor")) {
                reader.issues().error(reader.at(name), ValueIssue.NOT_ALLOWED, "a filter has conditions only");
            }
            reader.string(name).ifPresent(value -> filter.put(name, List.of(value)));
        }
        return filter;
    }
}
