package dev.onward.journey;

/** Documents that the OpenAPI description shows. */
final class JourneyExamples {

    static final String DEFINITION = """
            {
              "name": "OrderShipped",
              "entry": {
                "event": "OrderShipped",
                "profileId": "@event{OrderShipped.customerId}",
                "condition": "@event{OrderShipped.total} > 0"
              },
              "steps": [
                {
                  "id": "notify",
                  "action": "OrderShippedSms",
                  "arguments": {
                    "phone": "#{ExperiencePlatform.Profile.profile.mobilePhone.number}",
                    "products": {
                      "collection": "@event{OrderShipped.items.all(currentEventField.price > 0)}",
                      "fields": { "id": "sku" }
                    }
                  },
                  "continueOnError": true
                },
                {
                  "id": "accepted",
                  "if": "@action{notify.jo_status_code} == \\"http_202\\"",
                  "then": [ { "id": "pause", "wait": "PT10M" } ],
                  "else": [ { "end": true } ]
                }
              ]
            }
            """;

    private JourneyExamples() {}
}
