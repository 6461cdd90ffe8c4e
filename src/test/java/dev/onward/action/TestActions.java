package dev.onward.action;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.call.auth.Credential;
import dev.onward.credential.SecretValues;
import dev.onward.egress.DestinationRule;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Definitions;
import dev.onward.value.Issues;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Makes compiled actions without a store. */
public final class TestActions {

    private TestActions() {}

    /** The definition that a document gives; any host may be called. */
    public static ActionDefinition compiled(JsonNode document) {
        Issues issues = new Issues();
        Optional<ActionDefinition> definition = new DefinitionReader(
                        DestinationRule.REGISTERED_BEFORE, Optional.of(SecretValues.NONE))
                .read(document, issues);
        issues.throwIfErrors();
        return definition.orElseThrow();
    }

    /** Version 1 of the smallest action. */
    public static Action smallest(String name, Sandbox sandbox) {
        return new Action(
                UUID.randomUUID(),
                sandbox,
                compiled(Definitions.smallest(name)),
                1,
                Instant.EPOCH,
                "admin",
                List.of(),
                Credential.NONE,
                Map.of());
    }
}
