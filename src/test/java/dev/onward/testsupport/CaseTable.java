package dev.onward.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** A table of cases in {@code src/test/resources}: JSON, read by the house's own reader. */
public final class CaseTable {

    private CaseTable() {}

    /**
     * The whole table.
     *
     * @param path from the root of the test resources: {@code /value/strict-json.json}
     */
    public static JsonNode read(String path) {
        try (InputStream table = CaseTable.class.getResourceAsStream(path)) {
            if (table == null) {
                throw new IllegalArgumentException("there is no table " + path);
            }
            return StrictJson.read(table.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
