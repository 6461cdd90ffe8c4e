package dev.onward.transfer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.ActionCatalogue;
import dev.onward.action.ActionDefinition;
import dev.onward.action.ActionException;
import dev.onward.action.Actions;
import dev.onward.action.Actions.Checked;
import dev.onward.database.Database;
import dev.onward.journey.Journeys;
import dev.onward.journey.definition.JourneyDefinition;
import dev.onward.journey.definition.JourneyException;
import dev.onward.journey.definition.JourneyReader;
import dev.onward.journey.entry.EventDefinitions;
import dev.onward.journey.mapping.ActionsAround.Candidates;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Takes bundles in: everything is checked first and stored in one transaction, so that nothing stays when anything has a
 * fault, be it one that only storing shows. The same bundle again changes nothing. Blocking, thread-safe.
 */
@ApplicationScoped
class Imports {

    private final Database database;
    private final Actions actions;
    private final ActionCatalogue catalogue;
    private final Journeys journeys;
    private final EventDefinitions events;

    Imports(Database database, Actions actions, ActionCatalogue catalogue, Journeys journeys, EventDefinitions events) {
        this.database = database;
        this.actions = actions;
        this.catalogue = catalogue;
        this.journeys = journeys;
        this.events = events;
    }

    /** Who imports. */
    record Importer(Sandbox sandbox, String author) {}

    /**
     * What one definition would become.
     *
     * @param document what is to be stored
     */
    record Item(String kind, String name, Change change, List<Issue> faults, JsonNode document) {

        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("kind", kind)
                    .put("name", name)
                    .put("change", change.name().toLowerCase(Locale.ROOT));
            faults.forEach(fault -> json.withArray("faults")
                    .addObject()
                    .put("pointer", fault.pointer().toString())
                    .put("code", fault.code().code())
                    .put("message", fault.message()));
            return json;
        }
    }

    /** What happens to a definition. */
    enum Change {
        CREATED,
        UPDATED,
        UNCHANGED
    }

    /** Looks what a bundle would change, definition by definition; pointers of faults lead into the bundle. */
    List<Item> check(Sandbox sandbox, Bundle bundle) {
        List<Item> items = new ArrayList<>();
        Map<String, JsonNode> samples = new HashMap<>();
        for (int i = 0; i < bundle.events().size(); i++) {
            JsonNode event = bundle.events().get(i);
            items.add(event(sandbox, event, JsonPointer.compile("/events/" + i)));
            samples.put(event.path("name").asText(""), event.path("sample"));
        }
        Map<String, ActionDefinition> candidates = new HashMap<>();
        for (int i = 0; i < bundle.actions().size(); i++) {
            items.add(action(sandbox, bundle, i, candidates));
        }
        for (int i = 0; i < bundle.journeys().size(); i++) {
            JsonNode journey = bundle.journeys().get(i);
            JsonPointer at = JsonPointer.compile("/journeys/" + i);
            List<Issue> faults = within(at, journeys.faults(sandbox, journey, new Candidates(candidates, samples)));
            Change change = change(present(sandbox, journey), definition(journey));
            items.add(new Item("journey", name(journey), change, faults, journey));
        }
        return items;
    }

    /**
     * Stores what {@link #check} found to be new or changed.
     *
     * @throws InvalidException with every fault of the items, before anything is stored
     * @throws RuntimeException what a store refuses, such as a name that is taken; then nothing was stored either
     */
    void apply(Importer importer, List<Item> items) {
        List<Issue> faults =
                items.stream().flatMap(item -> item.faults().stream()).toList();
        if (!faults.isEmpty()) {
            throw new InvalidException(faults);
        }
        List<Item> changed =
                items.stream().filter(item -> item.change() != Change.UNCHANGED).toList();
        // The stores' own transactions on this thread are part of it.
        database.jdbi().useTransaction(handle -> changed.forEach(item -> store(importer, item)));
        changed.stream()
                .filter(item -> item.kind().equals("action"))
                .forEach(item -> catalogue.forget(importer.sandbox(), item.name()));
    }

    private void store(Importer importer, Item item) {
        boolean isNew = item.change() == Change.CREATED;
        Sandbox sandbox = importer.sandbox();
        switch (item.kind()) {
            case "event" -> {
                if (isNew) {
                    events.create(sandbox, item.document(), importer.author());
                } else {
                    events.replace(sandbox, item.name(), item.document(), importer.author(), tag -> true);
                }
            }
            case "action" -> {
                if (isNew) {
                    actions.create(sandbox, item.document(), importer.author());
                } else {
                    actions.replace(sandbox, item.name(), item.document(), importer.author(), tag -> true);
                }
            }
            default -> {
                if (isNew) {
                    journeys.create(sandbox, item.document(), importer.author());
                } else {
                    journeys.replace(sandbox, item.name(), item.document(), importer.author(), tag -> true);
                }
            }
        }
    }

    private Item event(Sandbox sandbox, JsonNode event, JsonPointer at) {
        List<Issue> faults = List.of();
        try {
            EventDefinitions.check(event);
        } catch (InvalidException faulty) {
            faults = within(at, faulty.issues());
        }
        Optional<JsonNode> present = events.sample(sandbox, name(event));
        Change change = present.isEmpty()
                ? Change.CREATED
                : present.get().equals(event.path("sample")) ? Change.UNCHANGED : Change.UPDATED;
        return new Item("event", name(event), change, faults, event);
    }

    private Item action(Sandbox sandbox, Bundle bundle, int index, Map<String, ActionDefinition> candidates) {
        JsonPointer at = JsonPointer.compile("/actions/" + index);
        JsonNode sent = bundle.actions().get(index);
        boolean isStored = actions.exists(sandbox, name(sent));
        List<JsonPointer> left = new ArrayList<>();
        JsonNode document = Transfers.withSecrets(sent, bundle.secrets(), isStored, left);
        List<Issue> faults = new ArrayList<>();
        left.forEach(place -> faults.add(fault(
                at.append(place),
                TransferIssue.PLACEHOLDER_LEFT,
                "put the secret here, or into 'secrets' under the action's name and this pointer")));
        Change change = isStored ? Change.UPDATED : Change.CREATED;
        if (left.isEmpty()) {
            try {
                Checked checked = actions.check(sandbox, document);
                checked.definition().ifPresent(definition -> candidates.put(definition.name(), definition));
                faults.addAll(within(at, checked.faults()));
                // Also one of the bundle: it comes in as a draft, and what is live stays.
                checked.broken()
                        .forEach(journey -> faults.add(fault(
                                at,
                                TransferIssue.BREAKS_JOURNEYS,
                                "the live journey '" + journey + "' would not work with this version; stop it first")));
                change = checked.isSame() ? Change.UNCHANGED : change;
            } catch (ActionException refused) {
                faults.add(fault(at, TransferIssue.PLACEHOLDER_LEFT, String.valueOf(refused.getMessage())));
            }
        }
        return new Item("action", name(sent), change, faults, document);
    }

    private Optional<JsonNode> present(Sandbox sandbox, JsonNode journey) {
        try {
            return Optional.of(journeys.get(sandbox, name(journey)).journey().json());
        } catch (JourneyException notFound) {
            return Optional.empty();
        }
    }

    /** What would be stored of it, if it can be read. */
    private static JsonNode definition(JsonNode journey) {
        return JourneyReader.read(journey, new Issues())
                .map(JourneyDefinition::document)
                .orElse(journey);
    }

    private static Change change(Optional<JsonNode> present, JsonNode wanted) {
        if (present.isEmpty()) {
            return Change.CREATED;
        }
        return present.get().equals(wanted) ? Change.UNCHANGED : Change.UPDATED;
    }

    private static List<Issue> within(JsonPointer at, List<Issue> issues) {
        return issues.stream()
                .map(issue -> new Issue(issue.severity(), at.append(issue.pointer()), issue.code(), issue.message()))
                .toList();
    }

    private static Issue fault(JsonPointer at, TransferIssue code, String message) {
        return new Issue(Issue.Severity.ERROR, at, code, message);
    }

    private static String name(JsonNode document) {
        return document.path("name").asText("");
    }
}
