package dev.onward.journey.definition;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.journey.definition.Step.OnError;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.ValueIssue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/** Reads lists of steps, and the lists inside them. Used for one document; not thread-safe. */
final class StepsReader {

    private static final Pattern ID = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,49}");
    private static final Pattern ACTION_NAME = Pattern.compile("[A-Za-z0-9_]{1,30}");
    private static final List<String> KINDS = List.of("action", "if", "wait", "end");
    private static final Duration SHORTEST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofDays(90);
    private static final int MAX_DEPTH = 10;

    private final Issues issues;
    private int depth;
    private boolean isInOnError;

    StepsReader(Issues issues) {
        this.issues = issues;
    }

    /** The steps of an array; what is faulty is noted and left out. */
    List<Step> read(JsonNode array, JsonPointer at) {
        List<Step> steps = new ArrayList<>();
        if (++depth > MAX_DEPTH) {
            String message = "steps stand in each other at most " + MAX_DEPTH + " deep";
            issues.error(at, JourneyIssue.STEPS_TOO_DEEP, message);
        } else {
            for (int i = 0; i < array.size(); i++) {
                if (!steps.isEmpty() && steps.get(steps.size() - 1).isEnd()) {
                    issues.error(
                            at.appendIndex(i), JourneyIssue.STEP_UNREACHABLE, "the step before it ends the journey");
                }
                MemberReader.of(array.get(i), at.appendIndex(i), issues)
                        .flatMap(this::step)
                        .ifPresent(steps::add);
            }
        }
        depth--;
        return steps;
    }

    private Optional<Step> step(MemberReader reader) {
        List<String> kinds =
                KINDS.stream().filter(kind -> reader.any(kind).isPresent()).toList();
        if (kinds.size() != 1) {
            String message = "a step has exactly one of " + KINDS + ", found " + kinds;
            issues.error(reader.at(), JourneyIssue.STEP_KIND_UNCLEAR, message);
            reader.names();
            return Optional.empty();
        }
        reader.string("name");
        Optional<Step> step = switch (kinds.get(0)) {
            case "action" -> act(reader);
            case "if" -> choose(reader);
            case "wait" -> pause(reader);
            default -> end(reader);
        };
        reader.finish();
        return step;
    }

    private Optional<Step> act(MemberReader reader) {
        Optional<String> id = id(reader);
        Optional<String> action = reader.string("action", ACTION_NAME);
        Optional<Integer> version = reader.integer("actionVersion", 1, Integer.MAX_VALUE);
        Optional<ExpressionText> path = JourneyReader.text(reader, "path");
        Map<String, Argument> arguments =
                reader.object("arguments").map(this::arguments).orElse(Map.of());
        OnError onError = onError(reader);
        if (id.isEmpty() || action.isEmpty()) {
            return Optional.empty();
        }
        OptionalInt asked = version.map(OptionalInt::of).orElse(OptionalInt.empty());
        return Optional.of(new Step.Act(id.get(), reader.at(), action.get(), asked, path, arguments, onError));
    }

    private OnError onError(MemberReader reader) {
        Optional<JsonNode> steps = reader.array("onError");
        boolean goesOn = reader.bool("continueOnError").orElse(false);
        if (steps.isEmpty()) {
            return goesOn ? new OnError.GoesOn() : new OnError.Ends();
        }
        if (goesOn) {
            String message =
                    "'onError' and 'continueOnError' exclude each other: after onError the instance goes on anyway";
            issues.error(reader.at("continueOnError"), JourneyIssue.ON_ERROR_TWICE, message);
        }
        if (isInOnError) {
            String message = "a step inside an onError has none of its own; 'continueOnError' is allowed there";
            issues.error(reader.at("onError"), JourneyIssue.ON_ERROR_NESTED, message);
        }
        boolean outer = isInOnError;
        isInOnError = true;
        List<Step> read = read(steps.get(), reader.at("onError"));
        isInOnError = outer;
        return new OnError.Steps(read);
    }

    private Map<String, Argument> arguments(MemberReader reader) {
        Map<String, Argument> arguments = new LinkedHashMap<>();
        for (String name : reader.names()) {
            JsonNode given = reader.present(name).orElseThrow();
            argument(given, reader.at(name)).ifPresent(argument -> arguments.put(name, argument));
        }
        return arguments;
    }

    private Optional<Argument> argument(JsonNode given, JsonPointer at) {
        if (given.isTextual()) {
            return Optional.of(new Argument.Computed(new ExpressionText(given.textValue(), at)));
        }
        if (!given.isObject()) {
            return Optional.of(new Argument.Literal(at, given));
        }
        MemberReader reader = MemberReader.of(given, at, issues).orElseThrow();
        if (given.has("value")) {
            JsonNode value = reader.present("value").orElseThrow();
            reader.finish();
            return Optional.of(new Argument.Literal(at, value));
        }
        Optional<ExpressionText> text = reader.require("collection", JourneyReader.text(reader, "collection"));
        Map<String, Argument.FieldSource> fields =
                reader.object("fields").map(this::fields).orElse(Map.of());
        reader.finish();
        return text.map(source -> new Argument.Collection(at, source, fields));
    }

    private Map<String, Argument.FieldSource> fields(MemberReader reader) {
        Map<String, Argument.FieldSource> fields = new LinkedHashMap<>();
        for (String name : reader.names()) {
            JsonPointer at = reader.at(name);
            JsonNode given = reader.present(name).orElseThrow();
            if (given.isTextual()) {
                path(given.textValue(), at)
                        .ifPresent(path -> fields.put(name, new Argument.FieldSource(at, path, false, Map.of())));
            } else {
                MemberReader.of(given, at, issues)
                        .flatMap(this::collection)
                        .ifPresent(source -> fields.put(name, source));
            }
        }
        return fields;
    }

    private Optional<Argument.FieldSource> collection(MemberReader reader) {
        Optional<String> source = reader.require("collection", reader.string("collection"));
        Map<String, Argument.FieldSource> fields =
                reader.object("fields").map(this::fields).orElse(Map.of());
        reader.finish();
        return source.flatMap(text -> path(text, reader.at("collection")))
                .map(path -> new Argument.FieldSource(reader.at(), path, true, fields));
    }

    private Optional<List<String>> path(String text, JsonPointer at) {
        List<String> names = List.of(text.split("\\.", -1));
        if (names.contains("")) {
            String message = "a source is the name of a field, or names with points between them, found '" + text + "'";
            issues.error(at, ValueIssue.BAD_FORMAT, message);
            return Optional.empty();
        }
        return Optional.of(names);
    }

    private Optional<Step> choose(MemberReader reader) {
        Optional<String> id = id(reader);
        Optional<ExpressionText> condition = JourneyReader.text(reader, "if");
        List<Step> then = reader.require("then", reader.array("then"))
                .map(steps -> read(steps, reader.at("then")))
                .orElse(List.of());
        List<Step> otherwise = reader.array("else")
                .map(steps -> read(steps, reader.at("else")))
                .orElse(List.of());
        return id.isPresent() && condition.isPresent()
                ? Optional.of(new Step.Choose(id.get(), reader.at(), condition.get(), then, otherwise))
                : Optional.empty();
    }

    private Optional<Step> pause(MemberReader reader) {
        Optional<String> id = id(reader);
        Optional<Duration> duration = reader.duration("wait", SHORTEST_WAIT, LONGEST_WAIT);
        return id.isPresent() && duration.isPresent()
                ? Optional.of(new Step.Wait(id.get(), reader.at(), duration.get()))
                : Optional.empty();
    }

    /** An end needs no id: nothing refers to it. */
    private Optional<Step> end(MemberReader reader) {
        Optional<String> id = reader.string("id", ID);
        if (reader.bool("end").filter(ends -> !ends).isPresent()) {
            issues.error(reader.at("end"), ValueIssue.NOT_ALLOWED, "'end' is true or absent");
        }
        return Optional.of(new Step.End(id.orElse("end" + reader.at()), reader.at()));
    }

    private static Optional<String> id(MemberReader reader) {
        return reader.require("id", reader.string("id", ID));
    }
}
