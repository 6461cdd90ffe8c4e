package dev.onward.action;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.value.Parameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Names parameters after the pointers that they come from. */
final class ParameterNames {

    private ParameterNames() {}

    /** The pointer's last token where it is a legal name and no other's; else the whole path joined with {@code _}. */
    static Map<JsonPointer, String> of(List<JsonPointer> pointers) {
        Map<String, Long> uses =
                pointers.stream().collect(Collectors.groupingBy(ParameterNames::lastToken, Collectors.counting()));
        Map<JsonPointer, String> names = new LinkedHashMap<>();
        for (JsonPointer pointer : pointers) {
            String last = lastToken(pointer);
            boolean good = Parameter.NAME.matcher(last).matches() && uses.getOrDefault(last, 0L) == 1;
            names.put(pointer, unused(good ? last : wholePath(pointer), names));
        }
        return names;
    }

    /** A legal name made of any text. */
    static String legal(String text) {
        String name = text.replaceAll("[^A-Za-z0-9_]", "_");
        return Parameter.NAME.matcher(name).matches() ? name : "_" + name;
    }

    private static String lastToken(JsonPointer pointer) {
        return pointer.matches() ? "payload" : pointer.last().getMatchingProperty();
    }

    private static String wholePath(JsonPointer pointer) {
        List<String> tokens = new ArrayList<>();
        for (JsonPointer rest = pointer; !rest.matches(); rest = rest.tail()) {
            tokens.add(rest.getMatchingProperty());
        }
        return legal(String.join("_", tokens));
    }

    private static String unused(String wanted, Map<JsonPointer, String> taken) {
        String name = wanted;
        for (int i = 2; taken.containsValue(name); i++) {
            name = wanted + "_" + i;
        }
        return name;
    }
}
