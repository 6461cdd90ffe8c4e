package dev.onward.expression.evaluation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.Fault;
import dev.onward.expression.tree.Source;
import dev.onward.expression.value.ListValue;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * One evaluation under way: its scope, the elements its loops are at, and the steps that are left. Used by one thread.
 *
 * <p>A step is a small piece of work, the same on every machine: one node of the expression, one element of a collection,
 * or {@value #CHARACTERS_PER_STEP} characters of text.
 */
public final class Evaluation {

    /** Enough for every honest expression; ends any other. */
    public static final long DEFAULT_BUDGET = 1_000_000;

    /** The longest text that an expression may build, in UTF-16 units. */
    public static final int MAX_TEXT = 1 << 20;

    static final int CHARACTERS_PER_STEP = 64;

    private final Scope scope;
    private final RandomGenerator random;
    private final long budget;
    private final Map<Source, JsonNode> elements = new EnumMap<>(Source.class);
    private long stepsLeft;

    /**
     * @param budget how many steps it may take
     */
    public Evaluation(Scope scope, RandomGenerator random, long budget) {
        this.scope = scope;
        this.random = random;
        this.budget = budget;
        this.stepsLeft = budget;
    }

    public Scope scope() {
        return scope;
    }

    public Instant now() {
        return scope.now();
    }

    public RandomGenerator random() {
        return random;
    }

    /** The element that the innermost loop over a collection of this source is at. */
    public JsonNode element(Source source) {
        return elements.getOrDefault(source, MissingNode.getInstance());
    }

    /** Moves the loop of a source to an element, and gives the one where it was. */
    public JsonNode enter(Source source, JsonNode element) {
        JsonNode before = elements.put(source, element);
        return before == null ? MissingNode.getInstance() : before;
    }

    /**
     * Takes steps.
     *
     * @throws Fault {@code budget-exhausted}
     */
    public void charge(long steps) {
        stepsLeft -= steps;
        if (stepsLeft < 0) {
            throw new Fault(
                    ExpressionIssueCode.BUDGET_EXHAUSTED,
                    "the evaluation takes more than " + budget + " steps; filter or shorten its collections and texts");
        }
    }

    /** Takes the steps of looking at or building so many characters. */
    public void chargeText(long characters) {
        charge(1 + characters / CHARACTERS_PER_STEP);
    }

    /**
     * Takes the steps of building a text, before it is built.
     *
     * @throws Fault {@code text-too-long} or {@code budget-exhausted}
     */
    public void reserveText(long characters) {
        requireTextFits(characters);
        chargeText(characters);
    }

    /**
     * Checks the length of a text that is being built.
     *
     * @throws Fault {@code text-too-long}
     */
    public void requireTextFits(long characters) {
        if (characters > MAX_TEXT) {
            throw new Fault(
                    ExpressionIssueCode.TEXT_TOO_LONG,
                    "the text has more than " + MAX_TEXT + " characters, which is the most that is allowed");
        }
    }

    /**
     * Takes the steps of building a list, before it is built.
     *
     * @throws Fault {@code list-too-long} or {@code budget-exhausted}
     */
    public void reserveList(long items) {
        requireListFits(items);
        charge(items);
    }

    /**
     * Takes the steps of making a value of JSON: one for every element of an array and of those inside of it.
     *
     * @throws Fault {@code list-too-long} or {@code budget-exhausted}
     */
    public void reserve(JsonNode json) {
        if (json.isArray()) {
            reserveList(json.size());
            json.forEach(this::reserve);
        }
    }

    /**
     * Checks the length of a list that is being built.
     *
     * @throws Fault {@code list-too-long}
     */
    public void requireListFits(long items) {
        if (items > ListValue.MAX_ITEMS) {
            throw new Fault(
                    ExpressionIssueCode.LIST_TOO_LONG,
                    "the list has more than " + ListValue.MAX_ITEMS + " items, which is the most that is allowed");
        }
    }
}
