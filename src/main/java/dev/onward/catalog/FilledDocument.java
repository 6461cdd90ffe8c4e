package dev.onward.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A document of an entry with the settings in the places of {@code {{name}}}. It remembers which setting stands where, so
 * that a fault found there can be told of the setting.
 */
final class FilledDocument {

    private static final Pattern PLACE = Pattern.compile("\\{\\{([A-Za-z]+)}}");

    private final Map<String, String> settings;
    private final Map<String, String> settingByPointer = new HashMap<>();
    private final ObjectNode document;

    FilledDocument(JsonNode document, Map<String, String> settings) {
        this.settings = settings;
        this.document = (ObjectNode) filled(document.deepCopy(), JsonPointer.empty());
    }

    ObjectNode document() {
        return document;
    }

    /** The setting that stands at a place, or around it. */
    Optional<String> settingAt(JsonPointer at) {
        for (JsonPointer place = at; place != null; place = place.head()) {
            String setting = settingByPointer.get(place.toString());
            if (setting != null) {
                return Optional.of(setting);
            }
        }
        return Optional.empty();
    }

    private JsonNode filled(JsonNode node, JsonPointer at) {
        if (node.isTextual()) {
            return text(node.textValue(), at);
        }
        if (node instanceof ObjectNode object) {
            object.properties()
                    .forEach(member -> member.setValue(filled(member.getValue(), at.appendProperty(member.getKey()))));
        } else if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, filled(array.get(i), at.appendIndex(i)));
            }
        }
        return node;
    }

    private JsonNode text(String text, JsonPointer at) {
        Matcher places = PLACE.matcher(text);
        String filled = places.replaceAll(place -> {
            settingByPointer.put(at.toString(), place.group(1));
            return Matcher.quoteReplacement(settings.getOrDefault(place.group(1), ""));
        });
        return TextNode.valueOf(filled);
    }
}
