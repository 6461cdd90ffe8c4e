package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.Shape;
import java.util.Iterator;
import java.util.Optional;

/** Reads {@code response} and {@code errorResponse} of a definition. */
final class ResponseReader {

    private ResponseReader() {}

    /** The shape of the sample {@code payload}. */
    static Optional<Shape> shape(MemberReader reader) {
        Optional<JsonNode> sample = reader.any("payload");
        sample.ifPresent(payload -> checkNames(payload, reader.at("payload"), reader.issues()));
        return sample.map(Shape::of);
    }

    /** The shape, where {@code payload} is the only member. */
    static Optional<Shape> onlyShape(MemberReader reader) {
        Optional<Shape> shape = shape(reader);
        reader.finish();
        return shape;
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

    private static void checkNames(JsonNode sample, JsonPointer at, Issues issues) {
        for (Iterator<String> names = sample.fieldNames(); names.hasNext(); ) {
            String name = names.next();
            if (name.contains(".") || name.startsWith("$")) {
                String message = "a field's name must not hold a '.' or begin with '$'";
                issues.error(at.appendProperty(name), ActionIssue.NAME_INVALID, message);
            }
            checkNames(sample.get(name), at.appendProperty(name), issues);
        }
        for (int i = 0; sample.isArray() && i < sample.size(); i++) {
            checkNames(sample.get(i), at.appendIndex(i), issues);
        }
    }
}
