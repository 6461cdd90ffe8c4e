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
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * The one JSON reader of the house (RFC 8259, UTF-8 only). It refuses what follows the document, duplicate member
 * names, a byte-order mark, an empty text, more than {@value #MAX_DEPTH} levels and numbers of more than
 * {@value #MAX_NUMBER_LENGTH} characters or, in scientific notation, with an exponent beyond
 * ±{@value #MAX_EXPONENT}. Numbers keep every digit. A lone surrogate is read from its escape in a text, not in a
 * member's name.
 *
 * <p>Thread-safe.
 */
public final class StrictJson {

    public static final int MAX_DEPTH = 64;
    public static final int MAX_NUMBER_LENGTH = 1_000;
    public static final int MAX_EXPONENT = 1_000;

    /** Around documents that were read before, Onward itself puts fewer levels than this. */
    private static final int WRAPPING = 8;

    private static final ObjectReader READER = reader(MAX_DEPTH);
    private static final ObjectReader WRAPPED_READER = reader(MAX_DEPTH + WRAPPING);

    private static final int DECODED_AT_ONCE = 1_024;

    private StrictJson() {}

    /**
     * Reads one document.
     *
     * @param utf8 the whole text
     * @throws JsonException when the text breaks a rule
     */
    public static JsonNode read(byte[] utf8) {
        return read(utf8, READER);
    }

    /**
     * Reads a document that Onward has made of others, each of which {@link #read} once: it may be a few levels deeper.
     *
     * @throws JsonException when the text breaks a rule
     */
    public static JsonNode readWrapped(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8), WRAPPED_READER);
    }

    private static ObjectReader reader(int maxDepth) {
        JsonFactory strict = JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(maxDepth)
                        .maxNumberLength(MAX_NUMBER_LENGTH)
                        .build())
                .disable(JsonFactory.Feature.CHARSET_DETECTION)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                .build();
        return JsonMapper.builder(strict)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readerFor(JsonNode.class);
    }

    private static JsonNode read(byte[] utf8, ObjectReader reader) {
        if (utf8.length == 0) {
            throw new JsonException("the body is empty; a JSON document is expected", 0, 0);
        }
        if (startsWithByteOrderMark(utf8)) {
            throw new JsonException("the body starts with a byte-order mark; send UTF-8 without one", 1, 1);
        }
        requireUtf8(utf8);
        try (JsonParser parser = reader.createParser(utf8)) {
            JsonNode document = reader.readValue(parser);
            requireSaneExponents(document);
            return document;
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed);
        } catch (NumberFormatException beyondEveryRange) {
            throw exponentTooLarge();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean startsWithByteOrderMark(byte[] utf8) {
        return utf8.length >= 3 && utf8[0] == (byte) 0xEF && utf8[1] == (byte) 0xBB && utf8[2] == (byte) 0xBF;
    }

    /** Jackson's own decoder accepts overlong forms and encoded surrogates; RFC 3629 §3 forbids them. */
    private static void requireUtf8(byte[] utf8) {
        int ascii = asciiLength(utf8);
        if (ascii == utf8.length) {
            return;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer rest = ByteBuffer.wrap(utf8, ascii, utf8.length - ascii);
        CharBuffer decoded = CharBuffer.allocate(DECODED_AT_ONCE);
        CoderResult result = CoderResult.OVERFLOW;
        while (result.isOverflow()) {
            decoded.clear();
            result = decoder.decode(rest, decoded, true);
        }
        if (result.isError()) {
            throw new JsonException("the body is not valid UTF-8", 0, 0);
        }
    }

    private static int asciiLength(byte[] utf8) {
        int length = 0;
        while (length < utf8.length && utf8[length] >= 0) {
            length++;
        }
        return length;
    }

    private static void requireSaneExponents(JsonNode node) {
        if (node.isBigDecimal()) {
            BigDecimal number = node.decimalValue();
            long exponent = (long) number.precision() - number.scale() - 1;
            if (Math.abs(exponent) > MAX_EXPONENT) {
                throw exponentTooLarge();
            }
        } else {
            node.forEach(StrictJson::requireSaneExponents);
        }
    }

    private static JsonException exponentTooLarge() {
        return new JsonException("a number's exponent is beyond ±" + MAX_EXPONENT, 0, 0);
    }

    private static JsonException malformed(JsonProcessingException cause) {
        JsonLocation location = cause.getLocation();
        boolean placed = location != null && location.getColumnNr() > 0;
        return new JsonException(reason(cause), placed ? location.getLineNr() : 0, placed ? location.getColumnNr() : 0);
    }

    private static String reason(JsonProcessingException cause) {
        String text = String.valueOf(cause.getOriginalMessage());
        if (cause instanceof StreamConstraintsException) {
            return text.contains("depth") || text.contains("nesting")
                    ? "the document is nested deeper than " + MAX_DEPTH + " levels"
                    : "a number is longer than " + MAX_NUMBER_LENGTH + " characters, or a name or text is too long";
        }
        if (text.contains("No content")) {
            return "the body holds only white space; a JSON document is expected";
        }
        if (text.contains("Duplicate")) {
            return "an object names the same member twice";
        }
        if (text.contains("Trailing token")) {
            return "there is more text after the end of the document";
        }
        if (text.contains("surrogate")) {
            return "a member's name holds one half of a surrogate pair";
        }
        if (cause instanceof JsonEOFException) {
            return "the document ends too early";
        }
        return "this is not JSON: an unexpected or illegal character";
    }
}
