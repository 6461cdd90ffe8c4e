package dev.onward.journey.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.expression.issue.Location;
import dev.onward.expression.tree.Node.Reference;
import dev.onward.expression.tree.Source;
import dev.onward.journey.definition.JourneyIssue;
import dev.onward.journey.mapping.FieldNames.Name;
import dev.onward.value.Issues;
import dev.onward.value.NearName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that what an expression refers to is there: the event, fields of its sample, earlier steps, the profile. */
final class ReferenceCheck {

    private final KnownData data;
    private final Issues issues;
    private final Set<String> groups = new HashSet<>();
    private final Map<JsonPointer, List<List<String>>> profilePaths = new HashMap<>();

    ReferenceCheck(KnownData data, Issues issues) {
        this.data = data;
        this.issues = issues;
    }

    /** The field groups by which the references that were checked read the profile. */
    Set<String> groups() {
        return groups;
    }

    /** By place of an expression the paths into the profile that it reads. */
    Map<JsonPointer, List<List<String>>> profilePaths() {
        return profilePaths;
    }

    /**
     * Notes what is not there.
     *
     * @param at where the expression stands in the document
     * @param earlier ids of the steps that stand before it
     */
    void check(Reference reference, JsonPointer at, Set<String> earlier) {
        List<Name> names = FieldNames.of(reference);
        if (names.isEmpty()) {
            return;
        }
        switch (reference.source()) {
            case EVENT -> event(names, at);
            case ACTION -> action(names, at, earlier);
            case DATA_SOURCE -> profile(names, at);
            case DATASET_LOOKUP ->
                error(at, JourneyIssue.DATASET_LOOKUP_NOT_AVAILABLE, names.get(0), "a journey has no dataset look-ups");
        }
    }

    private void event(List<Name> names, JsonPointer at) {
        Name name = names.get(0);
        if (!name.text().equals(data.event())) {
            String message =
                    "the journey begins with the event '" + data.event() + "', there is no '" + name.text() + "'";
            error(at, JourneyIssue.UNKNOWN_EVENT, name, message);
            return;
        }
        fields(data.shown(Source.EVENT), names, at);
    }

    private void action(List<Name> names, JsonPointer at, Set<String> earlier) {
        Name step = names.get(0);
        if (!earlier.contains(step.text())) {
            String message = data.responses().containsKey(step.text())
                    ? "the step '" + step.text() + "' does not stand before this place"
                    : "no step with an action has the id '" + step.text() + "'";
            error(at, JourneyIssue.STEP_NOT_BEFORE, step, message + NearName.hint(step.text(), earlier));
            return;
        }
        if (data.responses().containsKey(step.text())) {
            fields(data.shown(Source.ACTION), names, at);
        }
    }

    private void fields(Shown root, List<Name> names, JsonPointer at) {
        Shown shown = root;
        for (Name name : names) {
            Optional<Shown> field = shown.field(name.text());
            if (field.isEmpty()) {
                error(at, shown.origin().unknownField(), name, shown.without(name.text()));
                return;
            }
            shown = field.get();
        }
    }

    private void profile(List<Name> names, JsonPointer at) {
        boolean isPlatform = names.get(0).text().equals(Route.PLATFORM);
        if (!isPlatform || names.size() < 3 || !names.get(2).text().equals(Route.PROFILE)) {
            String message = "the one data source is the profile: #{" + Route.PLATFORM + ".<field group>."
                    + Route.PROFILE + ".<path>}";
            error(at, JourneyIssue.UNKNOWN_DATA_SOURCE, names.get(0), message);
            return;
        }
        groups.add(names.get(1).text());
        profilePaths
                .computeIfAbsent(at, first -> new ArrayList<>())
                .add(names.stream().skip(3).map(Name::text).toList());
    }

    private void error(JsonPointer at, JourneyIssue code, Name name, String message) {
        issues.error(at, code, message + place(name.location()));
    }

    /** Where in an expression, for a message. */
    static String place(Location location) {
        return " (line " + location.line() + ", column " + location.column() + ")";
    }
}
