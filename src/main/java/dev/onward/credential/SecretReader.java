package dev.onward.credential;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.secret.SecretText;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;
import dev.onward.value.MemberReader;
import dev.onward.value.StrictJson;
import dev.onward.value.ValueIssue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads secrets where their markers stand. It collects all that it read, for masking. */
final class SecretReader {

    /** Parameters of a token request that say nothing secret; masking their values would mask ordinary words. */
    private static final Set<String> HARMLESS = Set.of("grant_type", "scope", "audience", "resource");

    private final SecretValues values;
    private final List<SecretText> read = new ArrayList<>();

    SecretReader(SecretValues values) {
        this.values = values;
    }

    /** Every secret that was read so far. */
    List<SecretText> all() {
        return List.copyOf(read);
    }

    /** The secret of a member; empty when the member is absent or an issue was noted. */
    Optional<SecretText> secret(MemberReader reader, String member) {
        return reader.any(member).flatMap(node -> at(node, reader.at(member), reader.issues()));
    }

    /** As {@link #secret}, of a member that must be there and not be empty. */
    Optional<SecretText> require(MemberReader reader, String member) {
        Optional<SecretText> secret = reader.require(member, secret(reader, member));
        return secret.filter(value -> {
            boolean empty = value.reveal().isEmpty();
            if (empty) {
                reader.issues().error(reader.at(member), CredentialIssue.SECRET_INVALID, "'" + member + "' is empty");
            }
            return !empty;
        });
    }

    /** A secret whose marker stands at a place. */
    Optional<SecretText> at(JsonNode node, JsonPointer at, Issues issues) {
        if (!SecretMarker.is(node)) {
            issues.error(
                    at, ValueIssue.WRONG_TYPE, "text is expected, or {\"set\": true} for the value that is stored");
            return Optional.empty();
        }
        Optional<SecretText> value = stored(at, issues);
        value.ifPresent(read::add);
        return value;
    }

    private Optional<SecretText> stored(JsonPointer at, Issues issues) {
        Optional<SecretText> value = values.at(at.toString());
        if (value.isEmpty()) {
            issues.error(at, CredentialIssue.SECRET_MISSING, "no value is stored for it; send one");
        }
        return value;
    }

    private JsonNode parameter(JsonPointer at, Issues issues) {
        JsonNode value = stored(at, issues)
                .map(json -> StrictJson.read(json.reveal().getBytes(StandardCharsets.UTF_8)))
                .orElse(JsonNodeFactory.instance.nullNode());
        if (!HARMLESS.contains(at.last().getMatchingProperty())) {
            noteScalar(value);
        }
        return value;
    }

    /**
     * A number is masked as JSON and as a form writes it; one of fewer than four digits, as every short secret, only where
     * it is a whole text. A boolean is not: its mask would say what it hides.
     */
    private void noteScalar(JsonNode value) {
        if (value.isTextual()) {
            read.add(SecretText.of(value.textValue()));
        } else if (value.isNumber()) {
            read.add(SecretText.of(value.asText()));
            read.add(SecretText.of(JsonBuffer.textOf(value)));
        }
    }

    /** Notes what turned out to be secret as well. */
    void alsoSecret(SecretText secret) {
        read.add(secret);
    }

    /** A copy of a tree of parameters with the secrets in the places of their markers. */
    JsonNode filled(JsonNode node, JsonPointer at, Issues issues) {
        if (SecretMarker.is(node)) {
            return parameter(at, issues);
        }
        if (node instanceof ObjectNode object) {
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                copy.set(member.getKey(), filled(member.getValue(), at.appendProperty(member.getKey()), issues));
            }
            return copy;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                copy.add(filled(array.get(i), at.appendIndex(i), issues));
            }
            return copy;
        }
        return node;
    }
}
