package dev.onward.journey.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.ActionDefinition;
import dev.onward.action.TestActions;
import dev.onward.journey.consent.Governance;
import dev.onward.testsupport.Definitions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Some actions in version 1, one event with a sample and one policy. */
public final class KnownSurroundings implements Surroundings {

    private static final Map<String, ActionDefinition> ACTIONS = Map.of(
            "Sms", TestActions.compiled(Definitions.message("Sms", "https://sms.example.com/v1")),
            "Ad",
                    TestActions.compiled(Definitions.merged(
                            Definitions.message("Ad", "https://ad.example.com/v1"),
                            Definitions.parse("{\"channel\":\"sms\"}"))),
            "Required",
                    TestActions.compiled(Definitions.merged(
                            Definitions.message("Required", "https://ad.example.com/v1"),
                            Definitions.parse("{\"requiredMarketingAction\":\"SMS\"}"))),
            "Mailed",
                    TestActions.compiled(Definitions.merged(
                            Definitions.message("Mailed", "https://ad.example.com/v1"),
                            Definitions.parse("{\"channel\":\"email\",\"requiredMarketingAction\":\"sms\"}"))),
            "Free",
                    TestActions.compiled(Definitions.merged(
                            Definitions.message("Free", "https://ad.example.com/v1"),
                            Definitions.parse("{\"channel\":\"sms\",\"requiredMarketingAction\":\"none\"}"))),
            "Cart", TestActions.compiled(Definitions.merged(Definitions.smallest("Cart"), Definitions.parse("""
                    { "parameters": { "lines": { "type": "listObject", "fields": {
                        "sku": { "type": "string" }, "price": { "type": "decimal", "optional": true },
                        "stores": { "type": "listObject", "optional": true, "fields": { "city": { "type": "string" } } } } } },
                      "request": { "payload": { "lines": "${lines}" } } }"""))),
            "Find", TestActions.compiled(Definitions.merged(Definitions.smallest("Find"), Definitions.parse("""
                    { "response": { "payload": { "hits": [ { "code": "H1", "price": 1 } ] } } }"""))),
            "Typed", TestActions.compiled(Definitions.merged(Definitions.smallest("Typed"), Definitions.parse("""
                    { "parameters": {
                        "whole": { "type": "integer", "optional": true }, "number": { "type": "decimal", "optional": true },
                        "truth": { "type": "boolean", "optional": true }, "day": { "type": "dateOnly", "optional": true },
                        "thing": { "type": "object", "optional": true }, "texts": { "type": "listString", "optional": true },
                        "numbers": { "type": "listInteger", "optional": true }, "days": { "type": "listDateOnly", "optional": true },
                        "list": { "type": "listAny", "optional": true }, "any": { "type": "any", "optional": true },
                        "buyer": { "type": "object", "optional": true, "fields": { "name": { "type": "string" } } } } }"""))));

    private static final JsonNode SAMPLE = Definitions.parse("""
            { "id": "A-7", "vip": true, "at": "2026-01-31T10:00:00Z", "total": 42.5, "count": 3, "note": null,
              "tags": [ "a", null ], "days": [ "2026-01-31" ], "amounts": [ 1, 2.5 ], "mixed": [ 1, "a" ], "none": [],
              "meta": {}, "buyer": { "name": "Ann", "age": 30 }, "thing": { "name": 7 },
              "parts": [ { "sku": "P1" }, { "sku": "P2", "price": 3, "stores": [] } ],
              "items": [ { "sku": "S1", "price": 20.1, "stores": [ { "name": "Paris" } ] } ] }""");

    @Override
    public Optional<ActionDefinition> action(String name, OptionalInt version) {
        return version.orElse(1) == 1 ? Optional.ofNullable(ACTIONS.get(name)) : Optional.empty();
    }

    @Override
    public List<String> actionNames() {
        return List.copyOf(ACTIONS.keySet());
    }

    @Override
    public Governance governance() {
        return Governance.read(Definitions.parse("""
                { "labels": { "phone": [ "C2" ] }, "policies": [ { "label": "C2", "marketingAction": "sms" } ] }"""));
    }

    @Override
    public Optional<JsonNode> eventSample(String event) {
        return event.equals("Order") ? Optional.of(SAMPLE) : Optional.empty();
    }
}
