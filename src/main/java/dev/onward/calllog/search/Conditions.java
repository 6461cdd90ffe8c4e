package dev.onward.calllog.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Collects the conditions of a WHERE clause and the values of their names. Not thread-safe. */
final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    /** @param condition constant SQL */
    Conditions and(String condition) {
        conditions.add(condition);
        return this;
    }

    /** @param condition constant SQL that uses {@code :name} */
    Conditions and(String condition, String name, Object value) {
        values.put(name, value);
        return and(condition);
    }

    /** Adds the condition if there is a value. */
    Conditions and(String condition, String name, Optional<?> value) {
        value.ifPresent(given -> and(condition, name, given));
        return this;
    }

    /** The clause, with its keyword. */
    String sql() {
        return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    }

    Map<String, Object> values() {
        return values;
    }
}
