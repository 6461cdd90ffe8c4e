package dev.onward.journey;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.action.Actions;
import dev.onward.database.ChangeLock;
import dev.onward.database.Database;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Api;
import dev.onward.testsupport.Definitions;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A journey is published and the action that it uses is changed at the same time. */
@QuarkusTest
class PublishingAloneTest {

    @Inject
    ChangeLock changes;

    @Inject
    Actions actions;

    @Inject
    Database database;

    private final Api api = Api.fresh();
    private final Sandbox sandbox = new Sandbox(api.sandbox());
    private final ExecutorService publisher = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        publisher.shutdownNow();
    }

    @Test
    void a_journey_is_checked_against_the_action_that_was_changed_just_before() {
        api.post("/actions", Definitions.message("Sms", "https://api.example.com/v1"))
                .then()
                .statusCode(201);
        api.post("/journeys", """
                        { "name": "Welcome", "entry": { "event": "Signup" },
                          "steps": [ { "id": "sms", "action": "Sms", "arguments": { "text": "'Hello'" } } ] }""").then().statusCode(201);
        CompletableFuture<Integer> published = new CompletableFuture<>();
        changes.alone(sandbox.name(), () -> {
            publisher.execute(() -> published.complete(
                    api.send(Method.POST, "/journeys/Welcome/publish").statusCode()));
            await().until(this::somebodyWaits);
            actions.replace(
                    sandbox,
                    "Sms",
                    Definitions.parse(Definitions.message("Sms", "https://api.example.com/v1")
                            .toString()
                            .replace("text", "body")),
                    "somebody",
                    tag -> true);
        });
        assertThat(published.join()).isEqualTo(422);
        assertThat(Api.json(api.get("/journeys/Welcome")).get("state").textValue())
                .isEqualTo("draft");
    }

    private boolean somebodyWaits() {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                "SELECT count(*) > 0 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
                        .mapTo(Boolean.class)
                        .one());
    }
}
