package dev.onward.expression.tree;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The functions that may stand in a path, behind a collection or a map. */
public enum Selector {
    /** The elements for which a condition is true; all of them without one. */
    ALL("all", Argument.CONDITION),
    /** The first such element. */
    FIRST("first", Argument.CONDITION),
    /** The last such element. */
    LAST("last", Argument.CONDITION),
    /** One element, counted from zero. */
    AT("at", Argument.INDEX),
    /** The value of one key of a map. */
    ENTRY("entry", Argument.KEY),
    /** The first key of a map. */
    FIRST_ENTRY_KEY("firstEntryKey", Argument.NONE),
    /** The keys of a map, in its order. */
    KEYS("keys", Argument.NONE);

    /** What stands between the parentheses. */
    public enum Argument {
        NONE("no argument"),
        /** A boolean, or nothing. */
        CONDITION("one condition, or none"),
        /** An integer. */
        INDEX("one integer"),
        /** A string. */
        KEY("one string");

        private final String meaning;

        Argument(String meaning) {
            this.meaning = meaning;
        }

        /** For a message: "one integer". */
        public String meaning() {
            return meaning;
        }

        /** Whether so many arguments may stand there. */
        public boolean allows(int count) {
            return switch (this) {
                case NONE -> count == 0;
                case CONDITION -> count <= 1;
                case INDEX, KEY -> count == 1;
            };
        }
    }

    private final String symbol;
    private final Argument argument;

    Selector(String symbol, Argument argument) {
        this.symbol = symbol;
        this.argument = argument;
    }

    /** As it is written. */
    public String symbol() {
        return symbol;
    }

    public Argument argument() {
        return argument;
    }

    public static Optional<Selector> of(String symbol) {
        return Arrays.stream(values())
                .filter(each -> each.symbol.equals(symbol))
                .findFirst();
    }

    /** How all of them are written. */
    public static List<String> symbols() {
        return Arrays.stream(values()).map(Selector::symbol).toList();
    }
}
