package dev.onward.expression;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.expression.evaluation.AudienceStatus;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.plan.Schema;
import dev.onward.expression.tree.Source;
import dev.onward.expression.value.TimeText;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import dev.onward.value.ValueType;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code {"expression": "…", "context": {…}}}. */
final class EvaluableReader {

    private static final List<String> TYPE_PREFIXES = Arrays.stream(Source.values())
            .map(source -> source.contextKey() + ".")
            .toList();

    private EvaluableReader() {}

    /**
     * The expression and its data.
     *
     * @param now the time unless the context gives one
     * @throws dev.onward.value.InvalidException with every fault of the document; those of the expression are told later
     */
    static Evaluable read(JsonNode document, Instant now) {
        Issues issues = new Issues();
        Optional<Evaluable> read =
                MemberReader.of(document, JsonPointer.empty(), issues).map(reader -> evaluable(reader, now));
        issues.throwIfErrors();
        return read.orElseThrow();
    }

    private static Evaluable evaluable(MemberReader reader, Instant now) {
        Optional<String> source = reader.require("expression", reader.string("expression"));
        Optional<MemberReader> context = reader.object("context");
        reader.finish();
        Scope scope = context.map(each -> scope(each, now)).orElseGet(() -> Scope.empty(now));
        Map<String, ValueType> types = context.flatMap(each -> each.object("types"))
                .map(EvaluableReader::types)
                .orElseGet(Map::of);
        context.ifPresent(MemberReader::finish);
        return new Evaluable(source.orElse(""), scope, Schema.of(types, scope.data()));
    }

    private static Scope scope(MemberReader context, Instant now) {
        Map<Source, JsonNode> data = new EnumMap<>(Source.class);
        for (Source source : Source.values()) {
            object(context, source.contextKey()).ifPresent(object -> data.put(source, object));
        }
        Map<String, AudienceStatus> audiences =
                context.object("audiences").map(EvaluableReader::audiences).orElseGet(Map::of);
        JsonNode properties = object(context, "journey").orElseGet(JsonNodeFactory.instance::objectNode);
        return new Scope(data, audiences, properties, now(context).orElse(now));
    }

    private static Optional<JsonNode> object(MemberReader context, String member) {
        Optional<JsonNode> given = context.any(member);
        given.filter(value -> !value.isObject())
                .ifPresent(value -> context.issues()
                        .error(context.at(member), ValueIssue.WRONG_TYPE, "'" + member + "' must be an object"));
        return given.filter(JsonNode::isObject);
    }

    private static Map<String, AudienceStatus> audiences(MemberReader reader) {
        Map<String, AudienceStatus> audiences = new HashMap<>();
        for (String name : reader.names()) {
            reader.oneOf(name, AudienceStatus.values(), AudienceStatus::wireName)
                    .ifPresent(status -> audiences.put(name, status));
        }
        return audiences;
    }

    private static Map<String, ValueType> types(MemberReader reader) {
        Map<String, ValueType> types = new HashMap<>();
        for (String path : reader.names()) {
            if (TYPE_PREFIXES.stream().noneMatch(path::startsWith)) {
                reader.issues()
                        .error(
                                reader.at(path),
                                ValueIssue.NOT_ALLOWED,
                                "a typed path begins with one of " + String.join(" ", TYPE_PREFIXES));
            }
            reader.oneOf(path, ValueType.values(), ValueType::wireName).ifPresent(type -> types.put(path, type));
        }
        return types;
    }

    private static Optional<Instant> now(MemberReader context) {
        Optional<String> given = context.string("now");
        Optional<Instant> now =
                given.flatMap(TimeText::dateTime).map(value -> value.time().toInstant());
        if (given.isPresent() && now.isEmpty()) {
            context.issues()
                    .error(
                            context.at("now"),
                            ValueIssue.BAD_FORMAT,
                            "'now' must be ISO-8601 with an offset, such as 2026-01-31T10:00:00Z");
        }
        return now;
    }
}
