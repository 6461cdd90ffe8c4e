package dev.onward.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.JsonBuffer;
import java.nio.charset.StandardCharsets;

/** A value as it reads inside a text. */
final class ValueText {

    private static final int EXPECTED_BYTES = 256;

    private ValueText() {}

    /** Text as it is, null as nothing, any other value as its compact JSON. */
    static String of(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.textValue();
            case NULL -> "";
            case OBJECT, ARRAY -> json(value);
            default -> value.asText();
        };
    }

    private static String json(JsonNode container) {
        JsonBuffer out = new JsonBuffer(EXPECTED_BYTES);
        out.value(container);
        return new String(out.toByteArray(), StandardCharsets.UTF_8);
    }
}
