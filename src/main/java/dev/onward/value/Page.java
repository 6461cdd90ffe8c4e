package dev.onward.value;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * One page of a list.
 *
 * @param next where the page after this begins; empty on the last
 */
public record Page<T>(List<T> items, Optional<Cursor> next) {

    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 1_000;

    public Page {
        items = List.copyOf(items);
    }

    /**
     * Makes a page of rows that were read with a limit of one more than asked for.
     *
     * @param keyOf the cursor that begins behind a row
     */
    public static <T> Page<T> of(List<T> rows, int limit, Function<T, Cursor> keyOf) {
        if (rows.size() <= limit) {
            return new Page<>(rows, Optional.empty());
        }
        List<T> items = rows.subList(0, limit);
        return new Page<>(items, Optional.of(keyOf.apply(items.get(limit - 1))));
    }

    /** {@code {"items": […], "next": "<cursor>" | null}}. */
    public ObjectNode json(Function<T, JsonNode> item) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode array = json.putArray("items");
        items.forEach(each -> array.add(item.apply(each)));
        json.put("next", next.map(Cursor::text).orElse(null));
        return json;
    }

    /**
     * The page size that a client asked for.
     *
     * @throws InvalidException when it is no whole number from 1 to {@value #MAX_LIMIT}
     */
    public static int limit(Optional<String> asked) {
        if (asked.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        String text = asked.get();
        if (text.matches("[0-9]{1,4}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        }
        String message = "'limit' must be a whole number from 1 to " + MAX_LIMIT;
        Issue issue = new Issue(Issue.Severity.ERROR, JsonPointer.compile("/limit"), ValueIssue.OUT_OF_RANGE, message);
        throw new InvalidException(List.of(issue));
    }
}
