package dev.onward.journey;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.journey.definition.StoredJourney;
import dev.onward.value.Issue;
import dev.onward.value.Times;
import java.util.List;

/** How journeys look in answers. */
final class JourneyJson {

    private JourneyJson() {}

    /** The document with {@code version, state, liveVersion, publishable, warnings, createdAt, createdBy …}. */
    static ObjectNode whole(Journeys.Shown shown) {
        ObjectNode json = shown.journey().json().deepCopy();
        stamped(json, shown.journey());
        json.put("publishable", shown.isPublishable());
        json.set("warnings", warnings(shown.warnings()));
        return json;
    }

    /** What a list shows of a journey or of a version. */
    static ObjectNode summary(StoredJourney journey) {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("name", journey.name());
        String description = journey.json().path("description").asText("");
        if (!description.isEmpty()) {
            json.put("description", description);
        }
        json.put("event", journey.json().at("/entry/event").asText());
        return stamped(json, journey);
    }

    private static ObjectNode stamped(ObjectNode json, StoredJourney journey) {
        json.put("version", journey.version());
        json.put("state", journey.state().wireName());
        json.put("liveVersion", journey.liveVersion().orElse(null));
        json.put("createdAt", Times.text(journey.stamps().createdAt()));
        json.put("createdBy", journey.stamps().createdBy());
        journey.stamps().publishedAt().ifPresent(at -> json.put("publishedAt", Times.text(at)));
        journey.stamps().publishedBy().ifPresent(author -> json.put("publishedBy", author));
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
