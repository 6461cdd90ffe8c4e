package dev.onward.transfer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.Action;
import dev.onward.action.ActionDefinition;
import dev.onward.action.ActionException;
import dev.onward.action.Actions;
import dev.onward.journey.Journeys;
import dev.onward.journey.definition.EventSamples;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts bundles together. Blocking, thread-safe. */
@ApplicationScoped
class Transfers {

    private final Journeys journeys;
    private final Actions actions;
    private final EventSamples events;

    Transfers(Journeys journeys, Actions actions, EventSamples events) {
        this.journeys = journeys;
        this.actions = actions;
        this.events = events;
    }

    /**
     * The latest version of a journey with the sample of its event and its actions: of each the version that all its steps
     * are held to, else the latest.
     *
     * @throws dev.onward.journey.definition.JourneyException when there is no such journey
     */
    Bundle export(Sandbox sandbox, String name) {
        JsonNode journey = journeys.get(sandbox, name).journey().json();
        List<JsonNode> samples = new ArrayList<>();
        String event = journey.at("/entry/event").asText();
        events.sample(sandbox, event).ifPresent(sample -> {
            ObjectNode declared = JsonNodeFactory.instance.objectNode().put("name", event);
            samples.add(declared.set("sample", sample));
        });
        Map<String, List<ActionUse>> uses = ActionUse.of(journey).stream()
                .collect(Collectors.groupingBy(ActionUse::action, LinkedHashMap::new, Collectors.toList()));
        List<JsonNode> documents = new ArrayList<>();
        List<JsonPointer> notPortable = new ArrayList<>();
        uses.forEach((action, steps) -> {
            if (actions.exists(sandbox, action)) {
                documents.add(document(wanted(sandbox, actions.get(sandbox, action), steps), steps, notPortable));
            }
        });
        JsonNode noSecrets = JsonNodeFactory.instance.objectNode();
        return new Bundle(samples, documents, List.of(journey), noSecrets, notPortable);
    }

    private Action wanted(Sandbox sandbox, Action latest, List<ActionUse> steps) {
        List<Integer> versions = steps.stream()
                .map(step -> step.version().orElse(latest.version()))
                .distinct()
                .toList();
        boolean isAnother = versions.size() == 1 && versions.get(0) != latest.version();
        return isAnother ? version(sandbox, latest.name(), versions.get(0)).orElse(latest) : latest;
    }

    /** One version of an action; empty when there is none. */
    private Optional<Action> version(Sandbox sandbox, String name, int version) {
        try {
            return Optional.of(actions.version(sandbox, name, version));
        } catch (ActionException notFound) {
            return Optional.empty();
        }
    }

    /** The document of an action, with its number when steps are held to it. */
    private static JsonNode document(Action action, List<ActionUse> steps, List<JsonPointer> notPortable) {
        ObjectNode document = Placeholders.put(action.definition().document());
        for (ActionUse step : steps) {
            if (step.version().filter(version -> version == action.version()).isPresent()) {
                document.put("version", action.version());
            } else if (step.version().isPresent()) {
                notPortable.add(JsonPointer.compile("/journeys/0").append(step.versionAt()));
            }
        }
        return document;
    }

    /** Whether a version of an action is what a document says. */
    boolean isVersion(Sandbox sandbox, ActionDefinition definition, int version) {
        return version(sandbox, definition.name(), version)
                .filter(stored -> stored.definition().document().equals(definition.document()))
                .isPresent();
    }
}
