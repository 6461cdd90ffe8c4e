package dev.onward.testsupport;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.time.Duration;

/**
 * Journeys of one sandbox, as their author and those who send events see them.
 *
 * @param api of the sandbox
 */
public record JourneyApi(Api api) {

    private static final Duration SOON = Duration.ofSeconds(20);

    /** With the action {@code Sms}, whose provider answers as its sample says. */
    public static JourneyApi withSms(Api api, StubProvider provider) {
        Response created = api.post("/actions", Definitions.message("Sms", provider.url("/v1")));
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        provider.usually(StubProvider.Reply.json(202, "{\"id\":\"m-77\"}"));
        return new JourneyApi(api);
    }

    /** Makes a journey and publishes it. */
    public void publish(String definition) {
        Response created = api.post("/journeys", definition);
        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        String name = Api.json(created).get("name").textValue();
        Response published = api.send(Method.POST, "/journeys/" + name + "/publish");
        assertThat(published.statusCode()).as(published.asString()).isEqualTo(200);
    }

    /** Sends an event. */
    public void send(String event) {
        Response accepted = api.post("/events", event);
        assertThat(accepted.statusCode()).as(accepted.asString()).isEqualTo(202);
    }

    /** The instances of a profile, the one that began last first. */
    public JsonNode instances(String profile) {
        return Api.json(api.get("/instances?profile=" + profile)).get("items");
    }

    /** The last instance of a profile, with its steps, when it has ended. */
    public JsonNode ended(String profile) {
        await().atMost(SOON)
                .until(() -> instances(profile).size() > 0
                        && instances(profile).get(0).get("state").textValue().equals("ended"));
        return Api.json(api.get(
                "/instances/" + instances(profile).get(0).get("instanceId").textValue()));
    }
}
