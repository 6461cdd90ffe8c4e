package dev.onward.journey.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.action.ActionDefinition;
import dev.onward.journey.consent.Governance;
import dev.onward.journey.definition.JourneyDefinition;
import dev.onward.journey.definition.JourneyReader;
import dev.onward.testsupport.Definitions;
import dev.onward.value.Issues;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ProjectionTest {

    private static final JsonNode ORDER = Definitions.parse("""
            { "items": [ { "code": "S1", "price": 9.10, "color": "red", "stores": [ { "name": "Paris", "open": true } ] },
                         { "code": "S2", "price": 0, "stores": null },
                         { "code": "S3" } ] }""");

    @Test
    void fields_are_picked_by_name_at_any_depth_and_nothing_else_comes_along() {
        JsonNode arguments = arguments("""
                { "collection": "@event{Order.items}",
                  "fields": { "sku": "code", "stores": { "collection": "stores", "fields": { "city": "name" } } } }""");
        assertThat(arguments.get("lines")).isEqualTo(Definitions.parse("""
                { "lines": [ { "sku": "S1", "price": 9.10, "stores": [ { "city": "Paris" } ] },
                             { "sku": "S2", "price": 0, "stores": null }, { "sku": "S3" } ] }""").get("lines"));
    }

    @Test
    void equal_names_need_no_mapping_and_a_plain_expression_is_projected_too() {
        assertThat(arguments("\"@event{Order.items}\"").at("/lines/0").properties())
                .extracting(field -> field.getKey())
                .containsExactly("price", "stores");
    }

    @Test
    void what_is_missing_as_a_whole_is_null() {
        assertThat(arguments("{ \"collection\": \"@event{Order.nothing.at(7)}\" }")
                        .get("lines")
                        .isNull())
                .isTrue();
    }

    private static JsonNode arguments(String argument) {
        ObjectNode document = Definitions.parse("""
                { "name": "J", "entry": { "event": "Order" },
                  "steps": [ { "id": "a", "action": "Cart", "arguments": { "lines": %s } } ] }""".formatted(argument));
        Issues issues = new Issues();
        JourneyDefinition definition = JourneyReader.read(document, issues).orElseThrow();
        Route route =
                JourneyCompiler.compile(definition, new Unsampled(), issues).orElseThrow();
        Stop.Act act = (Stop.Act) route.stop(route.first());
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        return act.invocation("p-1", route.scope(ORDER, nothing, nothing, nothing, Instant.EPOCH), new Random(7))
                .get("arguments");
    }

    /** Nobody declared what the event looks like. */
    private static final class Unsampled implements Surroundings {

        private final KnownSurroundings known = new KnownSurroundings();

        @Override
        public Optional<ActionDefinition> action(String name, OptionalInt version) {
            return known.action(name, version);
        }

        @Override
        public List<String> actionNames() {
            return known.actionNames();
        }

        @Override
        public Governance governance() {
            return Governance.NONE;
        }

        @Override
        public Optional<JsonNode> eventSample(String event) {
            return Optional.empty();
        }
    }
}
