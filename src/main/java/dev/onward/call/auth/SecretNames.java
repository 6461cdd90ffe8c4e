package dev.onward.call.auth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.secret.Masker;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonException;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what a text calls a secret: members of JSON at any depth, parameters of forms, elements and attributes of markup,
 * and JSON Web Tokens whatever they are called. For what a token's endpoint says, which may be any text.
 */
final class SecretNames {

    private static final List<String> WORDS = List.of(
            "token",
            "secret",
            "assertion",
            "password",
            "passwd",
            "passphrase",
            "jwt",
            "session",
            "credential",
            "apikey",
            "api_key",
            "api-key",
            "authorization",
            "cookie",
            "private",
            "signature");

    private static final String NAME = "([\\w.-]{1,100})";

    private static final List<Pattern> NAMED = List.of(
            Pattern.compile(NAME + "(\"?=\"?|\"\\s*:\\s*\"?)([^\\s&\"<>]+)"),
            Pattern.compile("<" + NAME + "([^<>]{0,200}>\\s*)([^<>]+)"));

    private static final Pattern WEB_TOKEN = Pattern.compile("eyJ[\\w-]{8,}\\.[\\w-]+\\.?[\\w-]*");

    private SecretNames() {}

    /** The text without the values; of JSON that is cut, and so cannot be read, nothing is left. */
    static String masked(String text) {
        try {
            JsonNode document = StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
            return JsonBuffer.textOf(masked(document, false));
        } catch (JsonException notJson) {
            String start = text.stripLeading();
            boolean wasJson = start.startsWith("{") || start.startsWith("[") || start.startsWith("\"");
            return wasJson ? Masker.MASK : maskedText(text);
        }
    }

    private static JsonNode masked(JsonNode node, boolean secret) {
        if (node instanceof ObjectNode object) {
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                member.setValue(masked(member.getValue(), secret || isSecret(member.getKey())));
            }
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i), secret));
            }
            return array;
        }
        if (secret && (node.isTextual() || node.isNumber())) {
            return TextNode.valueOf(Masker.MASK);
        }
        return node.isTextual() ? TextNode.valueOf(maskedText(node.textValue())) : node;
    }

    private static String maskedText(String text) {
        String masked = WEB_TOKEN.matcher(text).replaceAll(Matcher.quoteReplacement(Masker.MASK));
        for (Pattern named : NAMED) {
            masked = named.matcher(masked)
                    .replaceAll(found -> Matcher.quoteReplacement(
                            isSecret(found.group(1))
                                    ? found.group().substring(0, found.start(3) - found.start()) + Masker.MASK
                                    : found.group()));
        }
        return masked;
    }

    /** {@code token_type} and {@code token_expires_in} are of use to whoever looks for a fault. */
    private static boolean isSecret(String member) {
        String name = member.toLowerCase(Locale.ROOT);
        boolean harmless = name.endsWith("_type") || name.endsWith("_in") || name.contains("expir");
        return !harmless && WORDS.stream().anyMatch(name::contains);
    }
}
