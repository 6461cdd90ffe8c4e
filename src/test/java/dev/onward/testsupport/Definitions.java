package dev.onward.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;

/** Builds action definitions: the smallest one, merged with what a test is about. */
public final class Definitions {

    private Definitions() {}

    /** A POST to a public host with nothing optional. */
    public static ObjectNode smallest(String name) {
        return parse("{\"name\":\"%s\",\"endpoint\":{\"url\":\"https://sms.example.com/v1\",\"method\":\"POST\"}}"
                .formatted(name));
    }

    /** A definition that posts one text and keeps fields of both kinds of answers. */
    public static ObjectNode message(String name, String url) {
        return merged(smallest(name), parse("""
                        { "endpoint": { "url": "%s" },
                          "parameters": { "text": { "type": "string" } },
                          "request": { "payload": { "text": "${text}" } },
                          "response": { "payload": { "id": "m-1" } },
                          "errorResponse": { "payload": { "error": "unknown" } },
                          "retry": { "backoff": { "base": "PT0.001S", "cap": "PT0.001S" } } }""".formatted(url)));
    }

    /** An object from its text. */
    public static ObjectNode parse(String json) {
        return (ObjectNode) StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    /** A copy of the base in which the members of {@code more} stand, objects being merged member by member. */
    public static ObjectNode merged(JsonNode base, JsonNode more) {
        ObjectNode merged = base.deepCopy();
        more.properties().forEach(member -> {
            JsonNode old = merged.get(member.getKey());
            boolean deep = old != null && old.isObject() && member.getValue().isObject();
            merged.set(member.getKey(), deep ? merged(old, member.getValue()) : member.getValue());
        });
        return merged;
    }
}
