package dev.onward.bench;

import dev.onward.expression.function.Functions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random sources: grown by the grammar, mutated from known ones, and soups of tokens and characters. */
final class SourceGenerator {

    private static final List<String> TOKENS = List.of(
            "and", "or", "not", "is", "has", "null", "true", "false", "if", "then", "else", "numeric", "integer",
            "decimal", "(", ")", "[", "]", "{", "}", "@event{", "@action{", "#{", "@{", "@datasetLookup{", ",", ".", ":",
            "+", "-", "*", "/", "%", "==", "!=", ">", ">=", "<", "<=", "=", "\"", "'", "\\", "1", "0", "2.5",
            "9223372036854775807", "9223372036854775808", "defaultValue", "params", "all", "first", "last", "at",
            "entry", "keys", "firstEntryKey", "currentEventField", "currentDataPackField", "profileId", "o", "items",
            "price", "\"(a+)+$\"", "\"\\\\d{1,1000}\"", "\n", " ", "\t", "\u00e9", "\ud83d\ude00", "\u0000");

    private static final List<String> OPERATORS = List.of(
            " + ", " - ", " * ", " / ", " % ", " == ", " != ", " > ", " >= ", " < ", " <= ", " and ", " or ");

    private static final List<String> PATHS = List.of(
            "o.id", "o.n", "o.d", "o.yes", "o.none", "o.at", "o.tags", "o.map", "o.items", "o.items.price", "o.missing",
            "o.items.all(currentEventField.price > 10).sku", "o.items.first().sub.q", "o.items.at(1)", "o.map.keys()",
            "o.map.entry('x')", "o.items.sub.all(currentEventField.q > 1)", "o.'it\\'s'");

    private final Random random;
    private final List<String> corpus;
    private final List<String> functions = Functions.names();

    SourceGenerator(Random random, List<String> corpus) {
        this.random = random;
        this.corpus = List.copyOf(corpus);
    }

    String next() {
        return switch (random.nextInt(8)) {
            case 0, 1 -> grown(4);
            case 2 -> mutated(grown(4));
            case 3, 4, 5 -> mutated(one(corpus));
            case 6 -> soup();
            default -> characters();
        };
    }

    private String grown(int depth) {
        int kind = depth == 0 ? random.nextInt(4) : random.nextInt(12);
        return switch (kind) {
            case 0 -> String.valueOf(random.nextInt(5) == 0 ? random.nextLong() : random.nextInt(20));
            case 1 -> random.nextInt(100) + "." + random.nextInt(100);
            case 2 -> "\"" + one(List.of("a", "", "2026-01-31T10:00:00Z", "PT5M", "\\\\d+", "x,y", "days", "UTC")) + "\"";
            case 3 -> "@event{" + one(PATHS) + "}";
            case 4, 5, 6 -> call(depth - 1);
            case 7, 8 -> grown(depth - 1) + one(OPERATORS) + grown(depth - 1);
            case 9 -> "(" + grown(depth - 1) + ")";
            case 10 -> "if (" + grown(depth - 1) + ") then (" + grown(depth - 1) + ") else (" + grown(depth - 1) + ")";
            default -> one(List.of("not ", "-")) + "(" + grown(depth - 1) + ")" + one(List.of("", " is null", " has null"));
        };
    }

    private String call(int depth) {
        List<String> arguments = new ArrayList<>();
        for (int at = random.nextInt(4); at > 0; at--) {
            arguments.add(
                    random.nextInt(3) == 0 ? "[" + grown(depth) + ", " + grown(depth) + ", null]" : grown(depth));
        }
        return one(functions) + "(" + String.join(", ", arguments) + ")";
    }

    private String mutated(String source) {
        StringBuilder text = new StringBuilder(source);
        for (int edits = 1 + random.nextInt(4); edits > 0; edits--) {
            int at = random.nextInt(text.length() + 1);
            int to = Math.min(text.length(), at + random.nextInt(6));
            switch (random.nextInt(5)) {
                case 0 -> text.delete(at, to);
                case 1 -> text.insert(at, one(TOKENS));
                case 2 -> text.insert(at, text.substring(at, to));
                case 3 -> text.replace(at, to, one(TOKENS));
                default -> text.insert(at, one(corpus));
            }
        }
        return text.toString();
    }

    private String soup() {
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(100) == 0 ? 3_000 : random.nextInt(40);
        for (int at = 0; at < length; at++) {
            text.append(one(TOKENS)).append(random.nextBoolean() ? " " : "");
        }
        return text.toString();
    }

    private String characters() {
        StringBuilder text = new StringBuilder();
        for (int at = random.nextInt(60); at > 0; at--) {
            text.append((char) (random.nextInt(10) == 0 ? random.nextInt(0x10000) : ' ' + random.nextInt(95)));
        }
        return text.toString();
    }

    private <T> T one(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
