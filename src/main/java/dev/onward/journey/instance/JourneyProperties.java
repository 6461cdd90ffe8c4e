package dev.onward.journey.instance;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.journey.definition.StoredJourney;
import dev.onward.journey.mapping.RouteCatalogue.Known;

/** The journey properties that expressions read as bare names. Source: the model system's list of them. */
public final class JourneyProperties {

    private JourneyProperties() {}

    /** Those that are known before a profile is inside. */
    public static ObjectNode of(Known known) {
        return of(known, JsonNodeFactory.instance.objectNode());
    }

    /** Those of an instance that stands at a step. */
    public static ObjectNode of(Instance instance, Known known, String stepId) {
        return of(known, instance.data().last().deepCopy())
                .put("instanceUID", instance.id().toString())
                .put("externalKey", instance.profileId())
                .put("profileId", instance.profileId())
                .put("currentNodeId", stepId)
                .put("currentNodeName", stepId);
    }

    private static ObjectNode of(Known known, ObjectNode properties) {
        StoredJourney journey = known.journey();
        return properties
                .put("journeyUID", journey.id().toString())
                .put("journeyVersionUID", journey.id() + "-" + journey.version())
                .put("journeyVersionName", journey.name())
                .put("journeyVersionDescription", known.route().description())
                .put("journeyVersion", Integer.toString(journey.version()))
                .put("sandboxName", journey.sandbox().name());
    }
}
