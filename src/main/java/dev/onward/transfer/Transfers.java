package dev.onward.transfer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.action.Action;
import dev.onward.action.Actions;
import dev.onward.credential.SecretMembers;
import dev.onward.journey.Journeys;
import dev.onward.journey.definition.EventSamples;
import dev.onward.sandbox.Sandbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Puts bundles together. Blocking, thread-safe. */
@ApplicationScoped
class Transfers {

    private static final Set<String> STEP_LISTS = Set.of("steps", "then", "else", "onError");

    private final Journeys journeys;
    private final Actions actions;
    private final EventSamples events;

    Transfers(Journeys journeys, Actions actions, EventSamples events) {
        this.journeys = journeys;
        this.actions = actions;
        this.events = events;
    }

    /**
     * The latest version of a journey with the sample of its event and its actions' latest versions.
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
        Set<String> used = new LinkedHashSet<>();
        collect(journey, used);
        List<JsonNode> documents = new ArrayList<>();
        for (String action : used) {
            if (actions.exists(sandbox, action)) {
                documents.add(withPlaceholders(actions.get(sandbox, action)));
            }
        }
        return new Bundle(samples, documents, List.of(journey), JsonNodeFactory.instance.objectNode());
    }

    private static JsonNode withPlaceholders(Action action) {
        return SecretMembers.replaced(
                action.definition().document(), (at, value) -> Optional.of(TextNode.valueOf(Bundle.PLACEHOLDER)));
    }

    /**
     * An action's document with secrets instead of placeholders: those of the bundle, else those that are stored.
     *
     * @param left pointers of placeholders that nothing stands in for are added to it
     */
    static JsonNode withSecrets(JsonNode action, JsonNode given, boolean isStored, List<JsonPointer> left) {
        return SecretMembers.replaced(action, (at, value) -> {
            if (!value.asText("").equals(Bundle.PLACEHOLDER)) {
                return Optional.empty();
            }
            JsonNode secret = given.path(action.path("name").asText("")).path(at.toString());
            if (!secret.isMissingNode()) {
                return Optional.of(secret);
            }
            if (!isStored) {
                left.add(at);
            }
            return Optional.of(JsonNodeFactory.instance.objectNode().put("set", true));
        });
    }

    private static void collect(JsonNode node, Set<String> used) {
        node.properties().stream()
                .filter(member -> STEP_LISTS.contains(member.getKey()))
                .forEach(member -> member.getValue().forEach(step -> {
                    if (step.path("action").isTextual()) {
                        used.add(step.path("action").textValue());
                    }
                    collect(step, used);
                }));
    }
}
