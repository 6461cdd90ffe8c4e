package dev.onward.action;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.credential.SecretMembers;
import dev.onward.value.Issue;
import dev.onward.value.Times;
import java.util.List;

/** How actions look in answers. */
final class ActionJson {

    private ActionJson() {}

    /** The definition with {@code version, usedIn, warnings, createdAt, createdBy}. */
    static ObjectNode whole(Action action, int usedIn) {
        ObjectNode json = SecretMembers.shown(action.definition().document(), action.secretsSetAt());
        json.put("version", action.version());
        json.put("usedIn", usedIn);
        json.set("warnings", warnings(action.warnings()));
        json.put("createdAt", Times.text(action.createdAt()));
        json.put("createdBy", action.createdBy());
        return json;
    }

    /** What a list shows of an action. */
    static ObjectNode summary(StoredAction stored, int usedIn) {
        JsonNode document = stored.json();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", stored.name());
        if (document.hasNonNull("description")) {
            json.set("description", document.get("description"));
        }
        ObjectNode endpoint = json.putObject("endpoint");
        endpoint.set("method", document.at("/endpoint/method"));
        endpoint.set("url", document.at("/endpoint/url"));
        json.put("usedIn", usedIn);
        return stamped(json, stored);
    }

    /** What the history shows of a version. */
    static ObjectNode version(StoredAction stored) {
        return stamped(JsonNodeFactory.instance.objectNode().put("name", stored.name()), stored);
    }

    private static ObjectNode stamped(ObjectNode json, StoredAction stored) {
        json.put("version", stored.version());
        json.put("createdAt", Times.text(stored.createdAt()));
        json.put("createdBy", stored.createdBy());
        return json;
    }

    private static ArrayNode warnings(List<Issue> warnings) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        warnings.forEach(warning -> json.addObject()
                .put("pointer", warning.pointer().toString())
                .put("code", warning.code().code())
                .put("message", warning.message()));
        return json;
    }
}
