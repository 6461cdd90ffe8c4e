package dev.onward.testsupport;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads the JSON case tables of {@code src/test/resources}. */
public final class CaseTable {

    private CaseTable() {}

    /** The document at the path, which begins with a slash. */
    public static JsonNode read(String path) {
        try (InputStream in = CaseTable.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no such case table: " + path);
            }
            return StrictJson.read(in.readAllBytes());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
