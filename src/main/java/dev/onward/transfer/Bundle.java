package dev.onward.transfer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Definitions that belong together, as documents.
 *
 * @param events each {@code {"name", "sample"}}
 * @param actions with placeholders for secrets; with its number one that steps are held to
 * @param journeys drafts
 * @param secrets by action and then by JSON pointer: what stands in for placeholders
 * @param notPortable where steps are held to versions that are not among the actions
 */
record Bundle(
        List<JsonNode> events,
        List<JsonNode> actions,
        List<JsonNode> journeys,
        JsonNode secrets,
        List<JsonPointer> notPortable) {

    private static final String NOT_PORTABLE = "notPortable";
    private static final int FORMAT = 1;

    Bundle {
        events = List.copyOf(events);
        actions = List.copyOf(actions);
        journeys = List.copyOf(journeys);
        notPortable = List.copyOf(notPortable);
    }

    ObjectNode json() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("format", FORMAT);
        json.putArray("events").addAll(events);
        json.putArray("actions").addAll(actions);
        json.putArray("journeys").addAll(journeys);
        notPortable.forEach(at -> json.withArray(NOT_PORTABLE).add(at.toString()));
        return json;
    }

    /**
     * Reads a bundle.
     *
     * @throws dev.onward.value.InvalidException with every fault but those of what it holds
     */
    static Bundle read(JsonNode document) {
        Issues issues = new Issues();
        Optional<Bundle> bundle =
                MemberReader.of(document, JsonPointer.empty(), issues).map(Bundle::read);
        issues.throwIfErrors();
        return bundle.orElseThrow();
    }

    /** Whether steps are held to a version of an action, and none runs its latest, whichever that is. */
    boolean isHeldTo(String action, int version) {
        List<Optional<Integer>> versions = journeys.stream()
                .flatMap(journey -> ActionUse.of(journey).stream())
                .filter(use -> use.action().equals(action))
                .map(ActionUse::version)
                .toList();
        return versions.contains(Optional.of(version)) && !versions.contains(Optional.<Integer>empty());
    }

    private static Bundle read(MemberReader reader) {
        reader.integer("format", 0, Integer.MAX_VALUE)
                .filter(format -> format != FORMAT)
                .ifPresent(format -> reader.issues()
                        .error(
                                reader.at("format"),
                                TransferIssue.FORMAT_UNKNOWN,
                                "'format' must be " + FORMAT + ", found " + format));
        List<JsonNode> events = documents(reader, "events");
        List<JsonNode> actions = documents(reader, "actions");
        List<JsonNode> journeys = documents(reader, "journeys");
        reader.object("secrets")
                .ifPresent(given -> Placeholders.check(
                        given, actions.stream().filter(JsonNode::isObject).toList()));
        JsonNode secrets = reader.any("secrets").orElseGet(JsonNodeFactory.instance::objectNode);
        reader.ignore(Set.of(NOT_PORTABLE));
        reader.finish();
        if (events.isEmpty()
                && actions.isEmpty()
                && journeys.isEmpty()
                && !reader.issues().hasErrors()) {
            String message = "there is nothing to take in: 'events', 'actions' and 'journeys' are absent or empty";
            reader.issues().error(reader.at(), ValueIssue.MISSING, message);
        }
        return new Bundle(events, actions, journeys, secrets, List.of());
    }

    private static List<JsonNode> documents(MemberReader reader, String member) {
        Optional<JsonNode> array = reader.array(member);
        Set<String> names = new HashSet<>();
        for (int i = 0; i < array.map(JsonNode::size).orElse(0); i++) {
            JsonPointer at = reader.at(member).appendIndex(i);
            JsonNode each = array.orElseThrow().get(i);
            MemberReader.of(each, at, reader.issues());
            String name = each.path("name").asText("");
            if (!names.add(name)) {
                reader.issues()
                        .error(at, TransferIssue.NAME_REPEATED, "'" + name + "' stands in '" + member + "' twice");
            }
        }
        return array.map(all -> all.valueStream().toList()).orElse(List.of());
    }
}
