package dev.onward.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code $each} says: the name of each element and the list that it comes from.
 *
 * @param clause as written: {@code product in products}
 * @param list where the elements come from; empty when a fault was noted
 * @param slot of the frame, where the current element stands
 * @param inner what the loop's body can see
 */
record LoopHead(String clause, Optional<Path> list, int slot, Scope inner) {

    static final String EACH = "$each";
    static final String VALUE = "$value";

    private static final Pattern CLAUSE = Pattern.compile("\\s*([A-Za-z_][A-Za-z0-9_]*)\\s+in\\s+(\\S+)\\s*");

    /**
     * Reads the head of a loop.
     *
     * @param each an object with the member {@code $each}
     * @return empty when it is no clause; the body is not looked at then
     */
    static Optional<LoopHead> read(JsonNode each, JsonPointer at, Scope scope, Findings findings) {
        JsonPointer clauseAt = at.appendProperty(EACH);
        String clause = each.get(EACH).asText();
        Matcher parts = CLAUSE.matcher(clause);
        if (!each.get(EACH).isTextual() || !parts.matches()) {
            findings.error(clauseAt, TemplateIssue.EACH_MALFORMED, "$each must be text such as 'product in products'");
            return Optional.empty();
        }
        String variable = parts.group(1);
        if (scope.knows(variable)) {
            String message = "'" + variable + "' is already a parameter or an outer loop's variable; use another name";
            findings.error(clauseAt, TemplateIssue.LOOP_VARIABLE_TAKEN, message);
        }
        Optional<Scope.Binding> list = scope.resolve(parts.group(2), clauseAt);
        Optional<Shape> element = list.flatMap(found -> elementOf(found.shape(), parts.group(2), clauseAt, findings));
        int slot = findings.layout().slotOfLoop();
        Scope inner = scope.with(variable, slot, element.orElse(Shape.ANY));
        return Optional.of(new LoopHead(clause, list.map(Scope.Binding::path), slot, inner));
    }

    /** The loop with its body; empty when its list is unknown. */
    Optional<Node> around(Node.Block body) {
        return list.map(elements -> new Node.Each(clause, elements, slot, body));
    }

    private static Optional<Shape> elementOf(Shape source, String path, JsonPointer at, Findings findings) {
        Optional<Shape> element = source.element();
        if (element.isEmpty()) {
            String message = "$each repeats over a list, but '" + path + "' is declared "
                    + source.type().wireName();
            findings.error(at, TemplateIssue.EACH_NEEDS_LIST, message);
        }
        return element;
    }
}
