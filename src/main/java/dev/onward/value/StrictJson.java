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

    /** Documents of others, put into one of ours, stand a few levels deeper there. */
    private static final int MAX_STORED_DEPTH = 2 * MAX_DEPTH;

    private static final int MAX_STORED_NUMBER_LENGTH = 10 * MAX_NUMBER_LENGTH;

    /** Sign, point, zeros or exponent: what writing a number may add to its digits. */
    private static final int MOST_BESIDE_DIGITS = 10;

    private static final ObjectReader READER = reader(MAX_DEPTH, MAX_NUMBER_LENGTH);
    private static final ObjectReader STORED = reader(MAX_STORED_DEPTH, MAX_STORED_NUMBER_LENGTH);

    private static final int DECODED_AT_ONCE = 1_024;

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
            requireSaneNumbers(document);
            return document;
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed);
        } catch (NumberFormatException beyondEveryRange) {
            throw exponentTooLarge();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /**
     * Reads a text that we wrote ourselves: what was read by the rules once is readable in it for ever.
     *
     * @throws IllegalStateException when it is none of ours
     */
    public static JsonNode readStored(String text) {
        try {
            return STORED.readTree(text);
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("a stored document cannot be read", damaged);
        }
    }

    private static ObjectReader reader(int maxDepth, int maxNumberLength) {
        return JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(maxDepth)
                                .maxNumberLength(maxNumberLength)
                                .build())
                        .disable(JsonFactory.Feature.CHARSET_DETECTION)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .build())
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .build()
                .readerFor(JsonNode.class);
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

    private static void requireSaneNumbers(JsonNode node) {
        if (node.isBigDecimal()) {
            requireSane(node.decimalValue());
        } else if (node.isContainerNode()) {
            node.forEach(StrictJson::requireSaneNumbers);
        }
    }

    /** One that we would write longer than we read is refused at once: nobody else could take it from us. */
    private static void requireSane(BigDecimal number) {
        long exponent = (long) number.precision() - number.scale() - 1;
        if (Math.abs(exponent) > MAX_EXPONENT) {
            throw exponentTooLarge();
        }
        boolean mayBeLong = number.precision() > MAX_NUMBER_LENGTH - MOST_BESIDE_DIGITS;
        if (mayBeLong && number.toString().length() > MAX_NUMBER_LENGTH) {
            throw new JsonException("a number is longer than " + MAX_NUMBER_LENGTH + " characters", 0, 0);
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
