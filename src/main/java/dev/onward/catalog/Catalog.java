package dev.onward.catalog;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.Action;
import dev.onward.action.ActionCatalogue;
import dev.onward.action.Actions;
import dev.onward.catalog.CatalogEntry.Setting;
import dev.onward.limit.LimitConfigs;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.InvalidException;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import dev.onward.value.JsonBuffer;
import dev.onward.value.MemberReader;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/** The ready-made actions, and how they are installed. Installing blocks. Thread-safe. */
@ApplicationScoped
class Catalog {

    private static final JsonPointer SETTINGS = JsonPointer.compile("/settings");
    private static final JsonPointer NAME = JsonPointer.compile("/name");

    private final Map<String, CatalogEntry> entries = new LinkedHashMap<>();
    private final Actions actions;
    private final ActionCatalogue known;
    private final LimitConfigs limits;

    Catalog(Actions actions, ActionCatalogue known, LimitConfigs limits) {
        this.actions = actions;
        this.known = known;
        this.limits = limits;
        CatalogEntry.all().forEach(entry -> entries.put(entry.id(), entry));
    }

    /**
     * What was made.
     *
     * @param limit the uid of a capping or throttling that came along, deployed
     */
    record Installed(Action action, Optional<String> limit) {}

    List<CatalogEntry> all() {
        return List.copyOf(entries.values());
    }

    CatalogEntry require(String id) {
        return Optional.ofNullable(entries.get(id)).orElseThrow(() -> new CatalogEntryNotFoundException(id));
    }

    /**
     * Registers the action of an entry and the limit that belongs to it: both, or when one cannot be, neither.
     *
     * @throws InvalidException with every fault of the settings
     * @throws dev.onward.action.ActionException when the name is taken
     */
    Installed install(Sandbox sandbox, String id, JsonNode request, String author) {
        CatalogEntry entry = require(id);
        Issues issues = new Issues();
        Optional<String> name = Optional.empty();
        Map<String, String> settings = Map.of();
        Optional<MemberReader> reader = MemberReader.of(request, JsonPointer.empty(), issues);
        if (reader.isPresent()) {
            name = reader.get().string("name");
            settings = settings(entry, reader.get());
            reader.get().finish();
        }
        issues.throwIfErrors();
        FilledDocument filled = new FilledDocument(entry.document().path("definition"), settings);
        name.ifPresent(given -> filled.document().put("name", given));
        Optional<Limit> limit = limit(entry, settings);
        AtomicReference<String> uid = new AtomicReference<>();
        Action action = created(
                sandbox,
                filled,
                author,
                handle -> limit.ifPresent(document -> uid.set(
                        document.capping()
                                ? limits.deployCapping(handle, sandbox, document.text(), author)
                                : limits.deployThrottling(handle, sandbox, document.text(), author))));
        known.forget(sandbox, action.name());
        limits.committed(sandbox);
        return new Installed(action, Optional.ofNullable(uid.get()));
    }

    private Action created(Sandbox sandbox, FilledDocument filled, String author, Consumer<Handle> alongside) {
        try {
            return actions.create(sandbox, filled.document(), author, alongside);
        } catch (InvalidException faulty) {
            throw new InvalidException(faulty.issues().stream()
                    .map(issue ->
                            new Issue(issue.severity(), place(issue.pointer(), filled), issue.code(), issue.message()))
                    .toList());
        }
    }

    private static JsonPointer place(JsonPointer at, FilledDocument filled) {
        return at.equals(NAME)
                ? NAME
                : filled.settingAt(at).map(SETTINGS::appendProperty).orElse(SETTINGS);
    }

    /** @param capping whether it is one; else a throttling */
    private record Limit(boolean capping, byte[] text) {}

    private static Optional<Limit> limit(CatalogEntry entry, Map<String, String> settings) {
        boolean capping = entry.document().has("capping");
        JsonNode document = entry.document().path(capping ? "capping" : "throttling");
        return document.isMissingNode()
                ? Optional.empty()
                : Optional.of(
                        new Limit(capping, JsonBuffer.bytesOf(new FilledDocument(document, settings).document())));
    }

    private static Map<String, String> settings(CatalogEntry entry, MemberReader reader) {
        Map<String, String> settings = new HashMap<>();
        Optional<MemberReader> given = reader.object("settings");
        List<String> names = entry.settings().stream().map(Setting::name).toList();
        given.ifPresent(inner -> inner.names().stream()
                .filter(name -> !names.contains(name))
                .forEach(name -> inner.issues()
                        .error(
                                inner.at(name),
                                CatalogIssue.SETTING_UNKNOWN,
                                "there is no such setting; allowed are " + names)));
        for (Setting setting : entry.settings()) {
            Optional<String> value =
                    given.flatMap(inner -> inner.string(setting.name())).or(setting::defaultValue);
            boolean absent = given.flatMap(inner -> inner.any(setting.name())).isEmpty();
            if (value.isEmpty() && absent) {
                JsonPointer at = SETTINGS.appendProperty(setting.name());
                reader.issues().error(at, CatalogIssue.SETTING_MISSING, "'" + setting.name() + "' is required");
            }
            value.ifPresent(text -> settings.put(setting.name(), text));
        }
        return settings;
    }
}
