package dev.onward.template;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Arguments;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which slot of a frame holds what: each used parameter has one, and each loop. Immutable and thread-safe. */
final class FrameLayout {

    private final String[] names;
    private final int[] slots;
    private final int size;

    private FrameLayout(Map<String, Integer> parameters, int size) {
        this.names = parameters.keySet().toArray(String[]::new);
        this.slots = parameters.values().stream().mapToInt(Integer::intValue).toArray();
        this.size = size;
    }

    /** The used parameters, in the order of their first use. */
    Set<String> parameters() {
        return Collections.unmodifiableSet(new LinkedHashSet<>(List.of(names)));
    }

    /** A frame for one rendering, no loop begun. */
    Frame frame(Arguments arguments) {
        JsonNode[] values = new JsonNode[size];
        for (int i = 0; i < names.length; i++) {
            values[slots[i]] = arguments.get(names[i]);
        }
        return new Frame(values);
    }

    /** Gives out slots while compiling. Not thread-safe. */
    static final class Builder {

        private final Map<String, Integer> parameters = new LinkedHashMap<>();
        private int size;

        int slotOf(String parameter) {
            return parameters.computeIfAbsent(parameter, name -> size++);
        }

        int slotOfLoop() {
            return size++;
        }

        FrameLayout build() {
            return new FrameLayout(parameters, size);
        }
    }
}
