package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.egress.EgressIssue;
import dev.onward.egress.HeaderRules;
import dev.onward.egress.SecretHeaders;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.Shape;
import dev.onward.value.ValueType;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@code response} and {@code errorResponse} of a definition. */
final class ResponseReader {

    private ResponseReader() {}

    /** What is kept of an answer: the fields of the sample {@code payload}, and {@code headers}. */
    static ResponseSample sample(MemberReader reader) {
        Optional<JsonNode> payload = reader.any("payload");
        payload.ifPresent(sample -> checkNames(sample, reader.at("payload"), reader.issues()));
        Optional<Shape> shape = payload.map(Shape::of);
        Map<String, String> headers = reader.object("headers")
                .map(inner -> headers(inner, shape, reader))
                .orElse(Map.of());
        return new ResponseSample(shape, headers);
    }

    /** The same where nothing else may stand. */
    static ResponseSample onlySample(MemberReader reader) {
        ResponseSample sample = sample(reader);
        reader.finish();
        return sample;
    }

    static Optional<SuccessRule> success(MemberReader reader) {
        return reader.object("success").flatMap(inner -> {
            Optional<JsonPointer> pointer = inner.require("pointer", inner.string("pointer"))
                    .flatMap(text -> Pointers.parse(text, inner.at("pointer"), inner.issues()));
            Optional<JsonNode> equals = inner.require("equals", inner.present("equals"));
            inner.finish();
            return pointer.flatMap(where -> equals.map(value -> new SuccessRule(where, value)));
        });
    }

    private static Map<String, String> headers(MemberReader reader, Optional<Shape> sample, MemberReader response) {
        Map<String, String> targets = new LinkedHashMap<>();
        if (sample.isPresent() && sample.get().type() != ValueType.OBJECT) {
            String message = "headers become fields beside those of the sample, which must be an object then, found "
                    + sample.get().type().wireName();
            response.issues().error(response.at("payload"), ActionIssue.SAMPLE_NOT_OBJECT, message);
        }
        List<String> names = reader.names();
        if (names.size() > HeaderRules.MAX_HEADERS) {
            String message = "at most " + HeaderRules.MAX_HEADERS + " headers are kept, found " + names.size();
            reader.issues().error(reader.at(), EgressIssue.HEADER_LIMIT, message);
        }
        for (String name : names) {
            checkHeader(name, reader);
            reader.string(name).ifPresent(target -> {
                boolean taken = targets.containsValue(target)
                        || sample.map(shape -> shape.fields().containsKey(target))
                                .orElse(false);
                checkTarget(target, taken, reader.at(name), reader.issues());
                targets.put(name, target);
            });
        }
        return targets;
    }

    private static void checkTarget(String target, boolean taken, JsonPointer at, Issues issues) {
        checkName(target, at, issues);
        if (target.isEmpty()) {
            issues.error(at, ActionIssue.NAME_INVALID, "the field that the header becomes needs a name");
        }
        if (taken) {
            String message = "the field '" + target + "' has a value already; choose another name";
            issues.error(at, ActionIssue.FIELD_TAKEN, message);
        }
    }

    private static void checkHeader(String name, MemberReader reader) {
        HeaderRules.nameFault(name)
                .ifPresent(fault -> reader.issues().error(reader.at(name), EgressIssue.HEADER_INVALID, fault));
        if (SecretHeaders.isSecret(name)) {
            String message = "the value of this header is a secret, which no answer and no log shows";
            reader.issues().error(reader.at(name), ActionIssue.SECRET_HEADER, message);
        }
    }

    private static void checkNames(JsonNode sample, JsonPointer at, Issues issues) {
        for (Iterator<String> names = sample.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            checkName(name, at.appendProperty(name), issues);
            checkNames(sample.get(name), at.appendProperty(name), issues);
        }
        for (int i = 0; sample.isArray() && i < sample.size(); i++) {
            checkNames(sample.get(i), at.appendIndex(i), issues);
        }
    }

    private static void checkName(String name, JsonPointer at, Issues issues) {
        if (name.contains(".") || name.startsWith("$")) {
            String message = "a field's name must not hold a '.' or begin with '$'";
            issues.error(at, ActionIssue.NAME_INVALID, message);
        }
    }
}
