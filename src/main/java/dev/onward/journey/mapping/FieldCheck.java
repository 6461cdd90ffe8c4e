package dev.onward.journey.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.journey.definition.Argument;
import dev.onward.journey.definition.Argument.FieldSource;
import dev.onward.journey.definition.JourneyIssue;
import dev.onward.value.Issues;
import dev.onward.value.NearName;
import dev.onward.value.Parameter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks that a parameter's fields are there in the objects that they are picked from. Not thread-safe. */
final class FieldCheck {

    private final Issues issues;

    FieldCheck(Issues issues) {
        this.issues = issues;
    }

    /** Notes what is wrong with the sources of a collection's fields; {@code elements} shows where they are picked from. */
    void mapped(Argument.Collection collection, Parameter parameter, Shown elements) {
        fields(collection.fields(), parameter.fields(), elements, collection.at());
    }

    /** Notes which fields are not there in objects that come as they are. */
    void plain(Parameter parameter, Shown objects, JsonPointer at) {
        parameter.fields().values().forEach(field -> ofItsName(field, objects, at));
    }

    private void fields(
            Map<String, FieldSource> sources, Map<String, Parameter> declared, Shown objects, JsonPointer collection) {
        sources.forEach((name, source) -> {
            if (!declared.containsKey(name)) {
                unknown(source.at(), name, declared.keySet());
            }
        });
        declared.forEach((name, field) -> {
            FieldSource source = sources.get(name);
            if (source == null) {
                ofItsName(field, objects, collection.appendProperty("fields").appendProperty(name));
            } else {
                source(source, field, objects);
            }
        });
    }

    private void source(FieldSource source, Parameter field, Shown objects) {
        if (!source.isCollection()) {
            plain(field, checked(walk(source.path(), objects, source.at()), field, source.at()), source.at());
        } else if (field.type().hasFields()) {
            JsonPointer at = source.at().appendProperty("collection");
            Shown inside = checked(walk(source.path(), objects, at), field, at);
            fields(source.fields(), field.fields(), inside, source.at());
        } else {
            String message = "'" + field.name() + "' is declared "
                    + field.type().wireName() + "; a collection is for a listObject";
            issues.error(source.at(), JourneyIssue.COLLECTION_NOT_ALLOWED, message);
        }
    }

    /** What is shown at a path, which leads through objects only. */
    private Shown walk(List<String> path, Shown from, JsonPointer at) {
        Shown shown = from;
        for (int i = 0; i < path.size(); i++) {
            if (i > 0 && shown.isList()) {
                String message = "'" + path.get(i - 1) + "' of "
                        + shown.origin().sample() + " is a list, of which no field is picked; map it as a collection";
                issues.error(at, shown.origin().unknownField(), message);
                return Shown.NOTHING;
            }
            Optional<Shown> field = shown.field(path.get(i));
            if (field.isEmpty()) {
                issues.error(at, shown.origin().unknownField(), shown.without(path.get(i)));
                return Shown.NOTHING;
            }
            shown = field.get();
        }
        return shown;
    }

    private void ofItsName(Parameter field, Shown objects, JsonPointer at) {
        Optional<Shown> shown = objects.field(field.name());
        if (shown.isPresent()) {
            plain(field, checked(shown.get(), field, at), at);
        } else if (!field.optional() && field.defaultValue().isEmpty()) {
            String message =
                    "the field '" + field.name() + "' is mandatory; name its source: " + objects.without(field.name());
            issues.error(at, JourneyIssue.PARAMETER_MISSING, message);
        }
    }

    /** The same when it may be of the field's type; else that is told, and nothing of what is inside. */
    private Shown checked(Shown shown, Parameter field, JsonPointer at) {
        if (Expected.argument(field.type()).mayBe(shown.types())) {
            return shown;
        }
        String message = "the field '" + field.name() + "' is declared "
                + field.type().wireName() + "; " + shown.origin().sample() + " has "
                + Expected.names(shown.types());
        issues.error(at, JourneyIssue.ARGUMENT_TYPE, message);
        return Shown.NOTHING;
    }

    private void unknown(JsonPointer at, String name, Set<String> known) {
        String message = "the parameter has no field '" + name + "'; it has " + known + NearName.hint(name, known);
        issues.error(at, JourneyIssue.UNKNOWN_FIELD, message);
    }
}
