package dev.onward.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A ready-made action. Immutable.
 *
 * @param document all that is told of it
 */
record CatalogEntry(String id, List<Setting> settings, JsonNode document) {

    /** The ids of all entries, in the order in which they are listed. */
    private static final List<String> IDS =
            List.of("adobe-campaign", "adobe-io-events", "epsilon", "facebook", "firebase", "slack", "webhook");

    /**
     * What an installation must tell.
     *
     * @param secret whether it becomes a write-only member
     */
    record Setting(String name, boolean secret, Optional<String> defaultValue) {}

    CatalogEntry {
        settings = List.copyOf(settings);
    }

    static List<CatalogEntry> all() {
        return IDS.stream().map(CatalogEntry::read).toList();
    }

    private static CatalogEntry read(String id) {
        String path = "/catalog/" + id + ".json";
        try (InputStream text = CatalogEntry.class.getResourceAsStream(path)) {
            if (text == null) {
                throw new IllegalStateException("there is no " + path);
            }
            JsonNode document = StrictJson.read(text.readAllBytes());
            List<Setting> settings = new ArrayList<>();
            for (JsonNode setting : document.path("settings")) {
                settings.add(new Setting(
                        setting.path("name").textValue(),
                        setting.path("secret").booleanValue(),
                        Optional.ofNullable(setting.path("default").textValue())));
            }
            return new CatalogEntry(id, settings, document);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
