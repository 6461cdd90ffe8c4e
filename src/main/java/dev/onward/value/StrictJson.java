package dev.onward.value;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/**
 * The one JSON reader of the house (RFC 8259, UTF-8 only). It refuses what follows the document, duplicate member
 * names, a byte-order mark, an empty text, more than {@value #MAX_DEPTH} levels and numbers of more than
 * {@value #MAX_NUMBER_LENGTH} characters or with an exponent beyond ±{@value #MAX_EXPONENT}. Numbers keep every digit.
 *
 * <p>Thread-safe.
 */
public final class StrictJson {

    public static final int MAX_DEPTH = 64;
    public static final int MAX_NUMBER_LENGTH = 1_000;
    public static final int MAX_EXPONENT = 1_000;

    /** Bytes of one character of UTF-32, by whose zeros Jackson tells wider encodings. */
    private static final int WIDEST_UNIT = 4;

    private static final ObjectReader READER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_LENGTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build()
            .readerFor(JsonNode.class);

    private StrictJson() {}

    /**
     * Reads one document.
     *
     * @param utf8 the whole text
     * @throws JsonException when the text breaks a rule
     */
    public static JsonNode read(byte[] utf8) {
        if (utf8.length == 0) {
            throw new JsonException("the body is empty; a JSON document is expected", 0, 0);
        }
        if (startsWithByteOrderMark(utf8)) {
            throw new JsonException("the body starts with a byte-order mark; send UTF-8 without one", 1, 1);
        }
        requireUtf8(utf8);
        try (JsonParser parser = READER.createParser(utf8)) {
            JsonNode document = READER.readValue(parser);
            if (document == null || document.isMissingNode()) {
                throw new JsonException("the body holds only white space; a JSON document is expected", 0, 0);
            }
            requireSaneExponents(document);
            return document;
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean startsWithByteOrderMark(byte[] utf8) {
        return utf8.length >= 3 && utf8[0] == (byte) 0xEF && utf8[1] == (byte) 0xBB && utf8[2] == (byte) 0xBF;
    }

    /** Jackson guesses UTF-16 and UTF-32 and accepts overlong forms; RFC 8259 §8.1 allows UTF-8 only. */
    private static void requireUtf8(byte[] utf8) {
        for (int i = 0; i < Math.min(utf8.length, WIDEST_UNIT); i++) {
            if (utf8[i] == 0) {
                throw new JsonException("the body is not UTF-8, or begins with U+0000", 1, 1);
            }
        }
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8));
        } catch (CharacterCodingException notUtf8) {
            throw new JsonException("the body is not valid UTF-8", 0, 0);
        }
    }

    private static void requireSaneExponents(JsonNode node) {
        if (node.isBigDecimal()) {
            BigDecimal number = node.decimalValue();
            if (Math.abs((long) number.scale()) > MAX_NUMBER_LENGTH + MAX_EXPONENT) {
                throw new JsonException("a number's exponent is beyond ±" + MAX_EXPONENT, 0, 0);
            }
        } else {
            node.forEach(StrictJson::requireSaneExponents);
        }
    }

    private static JsonException malformed(JsonProcessingException cause) {
        JsonLocation location = cause.getLocation();
        int line = location == null ? 0 : location.getLineNr();
        int column = location == null ? 0 : location.getColumnNr();
        return new JsonException(reason(cause), line, column);
    }

    private static String reason(JsonProcessingException cause) {
        String text = String.valueOf(cause.getOriginalMessage());
        if (cause instanceof StreamConstraintsException) {
            return text.contains("depth") || text.contains("nesting")
                    ? "the document is nested deeper than " + MAX_DEPTH + " levels"
                    : "a number is longer than " + MAX_NUMBER_LENGTH + " characters, or a name or text is too long";
        }
        if (text.contains("Duplicate")) {
            return "an object names the same member twice";
        }
        if (text.contains("Trailing token")) {
            return "there is more text after the end of the document";
        }
        if (cause instanceof JsonEOFException) {
            return "the document ends too early";
        }
        return "this is not JSON: an unexpected or illegal character";
    }
}
