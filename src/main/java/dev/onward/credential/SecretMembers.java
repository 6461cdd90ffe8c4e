package dev.onward.credential;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.egress.SecretHeaders;
import dev.onward.secret.SecretText;
import dev.onward.value.JsonBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/** Finds the places of a document where secrets stand, and takes them out, so that no stored document has one. */
public final class SecretMembers {

    private static final Set<String> NAMES =
            Set.of("password", "value", "token", "clientSecret", "refreshToken", "privateKey", "secret");

    private static final String SECRET = "secret";

    private SecretMembers() {}

    /**
     * A document and its secrets.
     *
     * @param document with a marker in each secret's place
     * @param fresh values that were sent, by JSON pointer; of body parameters as JSON text
     * @param kept places that were sent back as they had been read
     */
    public record Separated(JsonNode document, Map<String, SecretText> fresh, Set<String> kept) {

        public Separated {
            fresh = Map.copyOf(fresh);
            kept = Set.copyOf(kept);
        }
    }

    /** Takes the secrets out of a definition or a credential. The document given stays as it is. */
    public static Separated separate(JsonNode document) {
        JsonNode copy = document.deepCopy();
        Map<String, SecretText> fresh = new HashMap<>();
        Set<String> kept = new HashSet<>();
        for (Found place : places(copy)) {
            JsonNode value = place.value();
            if (SecretMarker.is(value)) {
                kept.add(place.at().toString());
                place.put(SecretMarker.stored());
            } else if (value.isTextual() || (place.isJson() && (value.isNumber() || value.isBoolean()))) {
                fresh.put(place.at().toString(), SecretText.of(place.isJson() ? json(value) : value.textValue()));
                place.put(SecretMarker.stored());
            }
        }
        return new Separated(copy, fresh, kept);
    }

    /** The pointers of all markers in a stored document. */
    public static Set<String> of(JsonNode stored) {
        Set<String> pointers = new HashSet<>();
        for (Found place : places(stored)) {
            if (SecretMarker.is(place.value())) {
                pointers.add(place.at().toString());
            }
        }
        return pointers;
    }

    /** A stored document as readers see it: each marker tells when its secret was set, or that it is not. */
    public static ObjectNode shown(JsonNode stored, Map<String, Instant> updatedAt) {
        ObjectNode copy = stored.deepCopy();
        for (Found place : places(copy)) {
            if (SecretMarker.is(place.value())) {
                place.put(SecretMarker.shown(
                        Optional.ofNullable(updatedAt.get(place.at().toString()))));
            }
        }
        return copy;
    }

    /**
     * A copy in which some secrets are replaced.
     *
     * @param by gives the secret or the marker that stands at a place instead; empty leaves it as it is
     */
    public static ObjectNode replaced(JsonNode document, BiFunction<JsonPointer, JsonNode, Optional<JsonNode>> by) {
        ObjectNode copy = document.deepCopy();
        for (Found place : places(copy)) {
            by.apply(place.at(), place.value()).ifPresent(place::put);
        }
        return copy;
    }

    private static String json(JsonNode value) {
        return JsonBuffer.textOf(value);
    }

    private static List<Found> places(JsonNode document) {
        List<Found> places = new ArrayList<>();
        JsonPointer at = JsonPointer.empty();
        if (document.path("authentication") instanceof ObjectNode authentication) {
            authentication(authentication, at.appendProperty("authentication"), places);
        }
        for (String group : List.of("headers", "query")) {
            if (document.path("endpoint").path(group) instanceof ObjectNode values) {
                constants(values, at.appendProperty("endpoint").appendProperty(group), places);
            }
        }
        return places;
    }

    private static void authentication(ObjectNode object, JsonPointer at, List<Found> places) {
        named(object, at, places);
        if (object.path("mtls") instanceof ObjectNode mtls) {
            named(mtls, at.appendProperty("mtls"), places);
        }
        if (object.path("headers") instanceof ObjectNode headers) {
            JsonPointer inside = at.appendProperty("headers");
            headers.fieldNames().forEachRemaining(name -> {
                if (SecretHeaders.isSecret(name)) {
                    places.add(new Found(headers, name, -1, inside.appendProperty(name), Form.TEXT));
                }
            });
        }
        if (object.path("body").path("bodyParams") instanceof ObjectNode parameters) {
            leaves(parameters, at.appendProperty("body").appendProperty("bodyParams"), places);
        }
    }

    private static void named(ObjectNode object, JsonPointer at, List<Found> places) {
        object.fieldNames().forEachRemaining(name -> {
            if (NAMES.contains(name)) {
                places.add(new Found(object, name, -1, at.appendProperty(name), Form.TEXT));
            }
        });
    }

    private static void leaves(JsonNode parent, JsonPointer at, List<Found> places) {
        if (parent instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                leaf(new Found(object, name, -1, at.appendProperty(name), Form.JSON), places);
            });
        } else if (parent instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                leaf(new Found(array, "", i, at.appendIndex(i), Form.JSON), places);
            }
        }
    }

    private static void leaf(Found found, List<Found> places) {
        if (found.value().isContainerNode() && !SecretMarker.is(found.value())) {
            leaves(found.value(), found.at(), places);
        } else {
            places.add(found);
        }
    }

    /** {@code {"secret": "…"}} as the value of a header or a query parameter; its marker takes the whole place. */
    private static void constants(ObjectNode values, JsonPointer at, List<Found> places) {
        values.fieldNames().forEachRemaining(name -> {
            JsonNode value = values.get(name);
            if (SecretMarker.is(value) || (value.isObject() && value.size() == 1 && value.has(SECRET))) {
                places.add(new Found(values, name, -1, at.appendProperty(name), Form.CONSTANT));
            }
        });
    }

    /** How a secret stands in its place. */
    private enum Form {
        TEXT,
        /** Any scalar, kept as JSON text. */
        JSON,
        /** {@code {"secret": "…"}}, as a text alone is none. */
        CONSTANT
    }

    /**
     * One place.
     *
     * @param index in an array; -1 in an object
     */
    private record Found(JsonNode parent, String name, int index, JsonPointer at, Form form) {

        boolean isJson() {
            return form == Form.JSON;
        }

        JsonNode value() {
            JsonNode value = index < 0 ? parent.path(name) : parent.path(index);
            boolean wrapped = !isJson() && value.isObject() && value.size() == 1 && value.has(SECRET);
            return wrapped ? value.path(SECRET) : value;
        }

        void put(JsonNode value) {
            boolean isWrapped = form == Form.CONSTANT && !SecretMarker.is(value);
            JsonNode whole = isWrapped ? JsonNodeFactory.instance.objectNode().set(SECRET, value) : value;
            if (parent instanceof ObjectNode object) {
                object.set(name, whole);
            } else if (parent instanceof ArrayNode array) {
                array.set(index, whole);
            }
        }
    }
}
