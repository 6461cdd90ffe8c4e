package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.egress.BodyType;
import dev.onward.template.NullMode;
import dev.onward.template.Template;
import dev.onward.template.TemplateCompiler;
import dev.onward.value.MemberReader;
import dev.onward.value.Parameter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads {@code request} of a definition. */
final class RequestReader {

    private final Map<String, Parameter> parameters;
    private final boolean payloadAllowed;

    /** @param payloadAllowed whether the action's method may have a body */
    RequestReader(Map<String, Parameter> parameters, boolean payloadAllowed) {
        this.parameters = parameters;
        this.payloadAllowed = payloadAllowed;
    }

    RequestBody read(MemberReader reader) {
        NullMode nulls =
                reader.oneOf("nulls", NullMode.values(), NullMode::wireName).orElse(NullMode.OMIT);
        BodyType type = reader.oneOf("encoding", BodyType.values(), RequestReader::wireName)
                .orElse(BodyType.JSON);
        Optional<JsonNode> payload = reader.present("payload");
        reader.finish();
        if (payload.isPresent() && !payloadAllowed) {
            String message = "a GET has no payload; use another method or query parameters";
            reader.issues().error(reader.at("payload"), ActionIssue.PAYLOAD_NOT_ALLOWED, message);
        }
        return new RequestBody(type, payload.flatMap(template -> compiled(template, type, nulls, reader)));
    }

    private Optional<Template> compiled(JsonNode template, BodyType type, NullMode nulls, MemberReader reader) {
        TemplateCompiler compiler = new TemplateCompiler(parameters, reader.issues());
        JsonPointer at = reader.at("payload");
        return switch (type) {
            case JSON -> compiler.payload(template, nulls, at);
            case FORM -> compiler.form(template, nulls, at);
        };
    }

    private static String wireName(BodyType type) {
        return type.name().toLowerCase(Locale.ROOT);
    }
}
