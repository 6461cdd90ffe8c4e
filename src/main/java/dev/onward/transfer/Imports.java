package dev.onward.transfer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.Action;
import dev.onward.action.ActionCatalogue;
import dev.onward.action.ActionDefinition;
import dev.onward.action.ActionException;
import dev.onward.action.Actions;
import dev.onward.action.Actions.Checked;
import dev.onward.database.Database;
import dev.onward.journey.Journeys;
import dev.onward.journey.Journeys.Draft;
import dev.onward.journey.definition.JourneyDefinition;
import dev.onward.journey.definition.JourneyException;
import dev.onward.journey.definition.JourneyReader;
import dev.onward.journey.entry.EventDefinitions;
import dev.onward.journey.mapping.ActionsAround.Candidates;
import dev.onward.sandbox.Sandbox;
import dev.onward.transfer.Numbers.Numbered;
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
    private final Transfers transfers;

    Imports(
            Database database,
            Actions actions,
            ActionCatalogue catalogue,
            Journeys journeys,
            EventDefinitions events,
            Transfers transfers) {
        this.database = database;
        this.actions = actions;
        this.catalogue = catalogue;
        this.journeys = journeys;
        this.events = events;
        this.transfers = transfers;
    }

    /** Who imports. */
    record Importer(Sandbox sandbox, String author) {}

    /**
     * What one definition would become.
     *
     * @param faults which refuse it
     * @param warnings which do not
     * @param document what is to be stored
     * @param version that it must get, when steps are held to it
     */
    record Item(
            String kind,
            String name,
            Change change,
            List<Issue> faults,
            List<Issue> warnings,
            JsonNode document,
            Optional<Integer> version) {

        ObjectNode json() {
            ObjectNode json = JsonNodeFactory.instance
                    .objectNode()
                    .put("kind", kind)
                    .put("name", name)
                    .put("change", change.name().toLowerCase(Locale.ROOT));
            faults.forEach(fault -> told(json.withArray("faults").addObject(), fault));
            warnings.forEach(warning -> told(json.withArray("warnings").addObject(), warning));
            return json;
        }

        private static void told(ObjectNode json, Issue issue) {
            json.put("pointer", issue.pointer().toString())
                    .put("code", issue.code().code())
                    .put("message", issue.message());
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
        Numbers numbers = new Numbers();
        for (int i = 0; i < bundle.actions().size(); i++) {
            items.add(action(sandbox, bundle, i, candidates, numbers));
        }
        for (int i = 0; i < bundle.journeys().size(); i++) {
            JsonPointer at = JsonPointer.compile("/journeys/" + i);
            items.add(journey(sandbox, bundle.journeys().get(i), at, new Candidates(candidates, samples), numbers));
        }
        return items;
    }

    private Item journey(Sandbox sandbox, JsonNode sent, JsonPointer at, Candidates candidates, Numbers numbers) {
        JsonNode journey = numbers.renumbered(sent);
        Draft draft = journeys.checked(sandbox, numbers.asOfNow(sent), candidates);
        List<Issue> warnings = new ArrayList<>(within(at, draft.warnings()));
        numbers.notIncluded(sent)
                .forEach(use -> warnings.add(new Issue(
                        Issue.Severity.WARNING,
                        at.append(use.versionAt()),
                        TransferIssue.VERSION_NOT_INCLUDED,
                        "this version of '" + use.action() + "' is not in the bundle: the step is held to the one that"
                                + " has its number here")));
        Change change = change(present(sandbox, journey), definition(journey));
        return new Item(
                "journey", name(journey), change, within(at, draft.faults()), warnings, journey, Optional.empty());
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
                Action stored = isNew
                        ? actions.create(sandbox, item.document(), importer.author())
                        : actions.replace(sandbox, item.name(), item.document(), importer.author(), tag -> true);
                requireVersion(stored, item);
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

    private static void requireVersion(Action stored, Item item) {
        if (item.version().filter(version -> version != stored.version()).isPresent()) {
            throw new ActionException(
                    ActionException.Reason.PRECONDITION_FAILED,
                    "a version of '" + item.name() + "' was made while the bundle was taken in; send it again");
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
        return new Item("event", name(event), change, faults, List.of(), event, Optional.empty());
    }

    private Item action(
            Sandbox sandbox, Bundle bundle, int index, Map<String, ActionDefinition> candidates, Numbers numbers) {
        JsonPointer at = JsonPointer.compile("/actions/" + index);
        JsonNode sent = bundle.actions().get(index);
        boolean isStored = actions.exists(sandbox, name(sent));
        List<JsonPointer> left = new ArrayList<>();
        JsonNode document = Placeholders.filled(sent, bundle.secrets(), isStored, left);
        List<Issue> faults = new ArrayList<>();
        left.forEach(place -> faults.add(fault(
                at.append(place),
                TransferIssue.PLACEHOLDER_LEFT,
                "put the secret here, or into 'secrets' under the action's name and this pointer")));
        Change change = isStored ? Change.UPDATED : Change.CREATED;
        Optional<Integer> version = Optional.empty();
        numbers.put(name(sent), Numbered.notKnownHere(ActionUse.number(sent.path("version"))));
        if (left.isEmpty()) {
            try {
                Checked checked = actions.check(sandbox, document);
                faults.addAll(within(at, checked.faults()));
                Numbered number = numbered(sandbox, bundle, sent, checked);
                numbers.put(name(sent), number);
                change = number.isStored() ? Change.UNCHANGED : change;
                if (!number.isStored()) {
                    version = number.there().map(any -> number.here());
                    checked.definition().ifPresent(definition -> candidates.put(definition.name(), definition));
                    faults.addAll(broken(at, checked));
                }
            } catch (ActionException refused) {
                faults.add(fault(at, TransferIssue.PLACEHOLDER_LEFT, String.valueOf(refused.getMessage())));
            }
        }
        return new Item("action", name(sent), change, faults, List.of(), document, version);
    }

    /** Also a journey of the bundle: it comes in as a draft, and what is live stays. */
    private static List<Issue> broken(JsonPointer at, Checked checked) {
        return checked.broken().stream()
                .map(journey -> fault(
                        at,
                        TransferIssue.BREAKS_JOURNEYS,
                        "the live journey '" + journey + "' would not work with this version; stop it first"))
                .toList();
    }

    /** Which version an action of a bundle is here, or would be: an older one only when no step runs the latest. */
    private Numbered numbered(Sandbox sandbox, Bundle bundle, JsonNode sent, Checked checked) {
        Optional<Integer> there = ActionUse.number(sent.path("version"));
        boolean hasSecrets = !bundle.secrets().path(name(sent)).isEmpty();
        boolean isThere = !hasSecrets
                && there.isPresent()
                && bundle.isHeldTo(name(sent), there.get())
                && checked.definition()
                        .filter(definition -> transfers.isVersion(sandbox, definition, there.get()))
                        .isPresent();
        if (isThere) {
            return new Numbered(there, there.get(), true);
        }
        int latest = actions.exists(sandbox, name(sent))
                ? actions.get(sandbox, name(sent)).version()
                : 0;
        return checked.isSame() ? new Numbered(there, latest, true) : new Numbered(there, latest + 1, false);
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
