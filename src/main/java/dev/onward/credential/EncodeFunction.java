package dev.onward.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.secret.SecretText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code EncodeBase64(a:b)}, or {@code Encode64(a:b)}: the one function of a custom authorization, any number of times
 * anywhere in a text. What it is given and what it gives are secrets.
 */
final class EncodeFunction {

    /**
     * A call ends at its first closing parenthesis, unless the same word goes on to another one: a password may hold some.
     */
    private static final Pattern CALL =
            Pattern.compile("Encode(?:Base)?64\\((.*?)\\)(?![^\\s,;&()]*\\))", Pattern.DOTALL);

    private final Consumer<SecretText> secrets;

    /** @param secrets hears of each secret that a text turns out to hold */
    EncodeFunction(Consumer<SecretText> secrets) {
        this.secrets = secrets;
    }

    /** The value with every call replaced by its result. */
    SecretText applied(SecretText value) {
        return SecretText.of(applied(value.reveal()));
    }

    /** The same of every text in a tree, which is changed. */
    JsonNode applied(JsonNode node) {
        if (node.isTextual()) {
            return TextNode.valueOf(applied(node.textValue()));
        }
        if (node instanceof ObjectNode object) {
            object.properties().forEach(member -> member.setValue(applied(member.getValue())));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, applied(array.get(i)));
            }
        }
        return node;
    }

    private String applied(String text) {
        return CALL.matcher(text).replaceAll(this::result);
    }

    private String result(MatchResult call) {
        String argument = call.group(1);
        String result = Base64.getEncoder().encodeToString(argument.getBytes(StandardCharsets.UTF_8));
        secrets.accept(SecretText.of(argument));
        secrets.accept(SecretText.of(argument.substring(argument.indexOf(':') + 1)));
        secrets.accept(SecretText.of(result));
        return Matcher.quoteReplacement(result);
    }
}
