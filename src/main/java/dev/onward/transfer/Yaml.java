package dev.onward.transfer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonException;
import dev.onward.value.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Documents as YAML. Thread-safe. */
final class Yaml {

    /** RFC 9512. */
    static final String MEDIA_TYPE = "application/yaml";

    private static final YAMLMapper MAPPER = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private Yaml() {}

    static byte[] write(JsonNode document) {
        try {
            return MAPPER.writeValueAsBytes(document);
        } catch (JacksonException impossible) {
            throw new IllegalStateException("a JSON tree is always YAML", impossible);
        }
    }

    /**
     * The document of a text.
     *
     * @throws JsonException when it is no YAML, or none that JSON could say
     */
    static JsonNode read(byte[] text) {
        try {
            JsonNode tree = MAPPER.readTree(text);
            return StrictJson.read(JsonBuffer.bytesOf(tree));
        } catch (JacksonException malformed) {
            JsonLocation at = malformed.getLocation();
            throw new JsonException(
                    "the body is no YAML document: " + malformed.getOriginalMessage(),
                    at == null ? 1 : at.getLineNr(),
                    at == null ? 1 : at.getColumnNr());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
