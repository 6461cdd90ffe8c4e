package dev.onward.action;

/** Requests as the published API description shows them. */
final class ActionExamples {

    static final String DEFINITION = """
            {
              "name": "OrderShippedSms",
              "endpoint": { "url": "https://sms.example.com/v1/messages/", "method": "POST" },
              "parameters": {
                "phone": { "type": "string", "label": "Mobile phone" },
                "products": { "type": "listObject", "fields": { "id": { "type": "string" } } }
              },
              "request": {
                "payload": {
                  "to": "${phone}",
                  "text": "Your order of ${products.size} items has shipped",
                  "lines": [ { "$each": "product in products", "sku": "${product.id}" } ]
                }
              },
              "response": { "payload": { "messageId": "m-1", "accepted": true } },
              "timeout": "PT10S"
            }""";

    static final String INFERENCE = """
            {
              "payload": { "tpl": "welcome", "to": "x@y.z", "items": [ { "sku": "A", "qty": 1 } ] },
              "variables": [ "/to", "/items" ]
            }""";

    private ActionExamples() {}
}
