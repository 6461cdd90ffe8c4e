package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.value.JsonBuffer;
import dev.onward.value.StrictJson;

/**
 * What an instance's expressions see. Nobody changes the JSON in it.
 *
 * @param payload of the event that it began with
 * @param profile a snapshot
 * @param actions by step what its call gave
 * @param last which step came before and what failed last, by the names of journey properties
 */
public record InstanceData(JsonNode payload, JsonNode profile, ObjectNode actions, ObjectNode last) {

    /** More than this is not kept: the instance ends. */
    public static final int MAX_LENGTH = 1024 * 1024;

    /** The text of what is not there, or not asked for. */
    static final String NOTHING = "{\"payload\":{},\"profile\":{},\"actions\":{},\"last\":{}}";

    /** Of an instance that has done nothing yet. */
    public static InstanceData of(JsonNode payload, JsonNode profile) {
        return new InstanceData(
                payload, profile, JsonNodeFactory.instance.objectNode(), JsonNodeFactory.instance.objectNode());
    }

    /** The data of {@link #text}. */
    public static InstanceData read(String text) {
        JsonNode json = StrictJson.readStored(text);
        return new InstanceData(
                json.path("payload"), json.path("profile"), (ObjectNode) json.path("actions"), (ObjectNode)
                        json.path("last"));
    }

    /** As JSON text, which keeps every digit. */
    public String text() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("payload", payload);
        json.set("profile", profile);
        json.set("actions", actions);
        json.set("last", last);
        return JsonBuffer.textOf(json);
    }

    /** The same after another step. */
    InstanceData with(ObjectNode nextActions, ObjectNode nextLast) {
        return new InstanceData(payload, profile, nextActions, nextLast);
    }
}
