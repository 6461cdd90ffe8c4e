package dev.onward.transfer;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.credential.SecretMembers;
import dev.onward.value.MemberReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stands in an action's document for secrets that were not exported. */
final class Placeholders {

    /** One placeholder, as in the model system. */
    static final String TEXT = "INSERT_SECRET_HERE";

    private Placeholders() {}

    /** A copy of a stored document with placeholders instead of its secrets. */
    static ObjectNode put(JsonNode stored) {
        return SecretMembers.replaced(stored, (at, value) -> Optional.of(TextNode.valueOf(TEXT)));
    }

    /**
     * An action's document with secrets instead of placeholders: those of the bundle, else those that are stored.
     *
     * @param given by action and then by JSON pointer
     * @param left pointers of placeholders that nothing stands in for are added to it
     */
    static ObjectNode filled(JsonNode action, JsonNode given, boolean isStored, List<JsonPointer> left) {
        return SecretMembers.replaced(wrapped(action), (at, value) -> {
            if (!is(value)) {
                return Optional.empty();
            }
            JsonNode secret = given.path(name(action)).path(at.toString());
            if (!secret.isMissingNode()) {
                return Optional.of(secret);
            }
            if (!isStored) {
                left.add(at);
            }
            return Optional.of(JsonNodeFactory.instance.objectNode().put("set", true));
        });
    }

    /** Notes every given secret that no placeholder asks for: it would be left out without a word. */
    static void check(MemberReader given, List<JsonNode> actions) {
        for (String name : given.names()) {
            List<JsonNode> named =
                    actions.stream().filter(action -> name(action).equals(name)).toList();
            List<String> places =
                    named.stream().flatMap(action -> places(action).stream()).toList();
            String there = named.isEmpty()
                    ? "the bundle has no action '" + name + "', but "
                            + actions.stream().map(Placeholders::name).toList()
                    : "'" + name + "' has " + TEXT + (places.isEmpty() ? " nowhere" : " at " + places);
            given.object(name)
                    .ifPresent(secrets -> secrets.names().stream()
                            .filter(place -> !places.contains(place))
                            .forEach(place -> secrets.issues()
                                    .error(
                                            secrets.at(place),
                                            TransferIssue.PLACEHOLDER_NOT_FOUND,
                                            "nothing in '" + name + "' asks for a secret at '" + place + "': "
                                                    + there)));
        }
    }

    private static List<String> places(JsonNode action) {
        List<JsonPointer> places = new ArrayList<>();
        filled(action, JsonNodeFactory.instance.objectNode(), false, places);
        return places.stream().map(JsonPointer::toString).toList();
    }

    /** Bundles that were exported before have bare placeholders as values of headers and query parameters. */
    private static ObjectNode wrapped(JsonNode action) {
        ObjectNode copy = action.deepCopy();
        for (String group : List.of("headers", "query")) {
            for (Map.Entry<String, JsonNode> constant :
                    copy.path("endpoint").path(group).properties()) {
                if (is(constant.getValue())) {
                    constant.setValue(JsonNodeFactory.instance.objectNode().put("secret", TEXT));
                }
            }
        }
        return copy;
    }

    private static boolean is(JsonNode value) {
        return value.asText("").equals(TEXT);
    }

    private static String name(JsonNode action) {
        return action.path("name").asText("");
    }
}
