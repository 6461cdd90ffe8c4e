package dev.onward.egress;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The case tables of this package: each a JSON array of objects in {@code src/test/resources/egress}. */
public final class Cases {

    private Cases() {}

    public static Stream<JsonNode> of(String table) {
        try (InputStream file = Cases.class.getResourceAsStream("/egress/" + table + ".json")) {
            JsonNode cases = StrictJson.read(Objects.requireNonNull(file, table).readAllBytes());
            return StreamSupport.stream(cases.spliterator(), false);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** The texts of an array; none when there is no array. */
    static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }
}
