package dev.onward.journey.instance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.journey.definition.JourneyReader;
import dev.onward.journey.definition.JourneyState;
import dev.onward.journey.definition.StoredJourney;
import dev.onward.journey.instance.Instance.JourneyVersion;
import dev.onward.journey.mapping.JourneyCompiler;
import dev.onward.journey.mapping.KnownSurroundings;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Definitions;
import dev.onward.value.Issues;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** The journey {@code Walked} of given steps, and a profile in it. */
final class Walked {

    static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");
    static final UUID ID = new UUID(1, 2);

    private Walked() {}

    static Instance instance(String payload) {
        return new Instance(
                UUID.randomUUID(),
                new Sandbox("one"),
                new JourneyVersion(ID, "Walked", 1),
                "p-1",
                NOW,
                Optional.empty(),
                0,
                InstanceData.of(Definitions.parse(payload), JsonNodeFactory.instance.objectNode()));
    }

    static Known known(JourneyState state, String steps) {
        JsonNode document = Definitions.parse(
                "{ \"name\": \"Walked\", \"description\": \"a walk\", \"entry\": { \"event\": \"Order\" }, \"steps\": ["
                        + steps + "] }");
        Issues issues = new Issues();
        var route = JourneyReader.read(document, issues)
                .flatMap(read -> JourneyCompiler.compile(read, new KnownSurroundings(), issues));
        assertThat(issues.errors()).isEmpty();
        StoredJourney journey = new StoredJourney(
                ID,
                new Sandbox("one"),
                "Walked",
                state,
                1,
                document.toString(),
                Optional.of(1),
                new StoredJourney.Stamps(NOW, "admin", Optional.empty(), Optional.empty()));
        return new Known(journey, route.orElseThrow());
    }
}
