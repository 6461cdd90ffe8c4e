package dev.onward.journey;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.journey.definition.EventSamples;
import dev.onward.sandbox.Sandbox;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Stands in while no event definitions exist. */
@DefaultBean
@ApplicationScoped
class NoEventSamples implements EventSamples {
    @Override
    public Optional<JsonNode> sample(Sandbox sandbox, String event) {
        return Optional.empty();
    }
}
