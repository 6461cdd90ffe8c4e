package dev.onward.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Definitions;
import dev.onward.value.Issues;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes compiled actions without a store. */
public final class TestActions {

    private TestActions() {}

    /** The definition that a document gives; any host may be called. */
    public static ActionDefinition compiled(JsonNode document) {
        Issues issues = new Issues();
        Optional<ActionDefinition> definition =
                DefinitionReader.read(document, DestinationRule.REGISTERED_BEFORE, issues);
        issues.throwIfErrors();
        return definition.orElseThrow();
    }

    /** Version 1 of the smallest action. */
    public static Action smallest(String name, Sandbox sandbox) {
        return new Action(
                UUID.randomUUID(), sandbox, compiled(Definitions.smallest(name)), 1, Instant.EPOCH, "admin", List.of());
    }
}
