package dev.onward.journey.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.journey.definition.JourneyException;
import dev.onward.journey.definition.JourneyStore;
import dev.onward.journey.entry.Audiences.Upload;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Api;
import dev.onward.value.InvalidException;
import dev.onward.value.StrictJson;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Method;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Audiences that may have two profiles, or one mebibyte. */
@QuarkusTest
class AudiencesTest {

    private static final int FEW = 2;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final String JOURNEY =
            "{\"name\":\"News\",\"entry\":{\"event\":\"News\"},\"steps\":[{\"end\":true}]}";

    @Inject
    AudienceStore store;

    @Inject
    JourneyStore journeys;

    private final Api api = Api.fresh();
    private final Sandbox sandbox = new Sandbox(api.sandbox());
    private Audiences audiences;
    private Upload upload;

    @BeforeEach
    void open() {
        assertThat(api.post("/journeys", JOURNEY).statusCode()).isEqualTo(201);
        assertThat(api.send(Method.POST, "/journeys/News/publish").statusCode()).isEqualTo(200);
        audiences = new Audiences(store, journeys, Clock.systemUTC(), FEW, MEBIBYTE);
        audiences.begin(new StartupEvent());
        upload = audiences.open(sandbox, "News", 1);
    }

    @AfterEach
    void end() {
        audiences.end(new ShutdownEvent());
    }

    @Test
    void an_audience_takes_as_many_profiles_as_it_may_have_and_refuses_the_others() {
        accept("p-1");
        assertThatThrownBy(() -> audiences.accept(upload, json("{}"))).isInstanceOf(InvalidException.class);
        accept("p-2");
        assertThatThrownBy(() -> accept("p-3"))
                .isInstanceOf(JourneyException.class)
                .hasMessageContaining("at most 2 profiles");
        assertThat(accepted()).isEqualTo(2);
        upload = audiences.open(sandbox, "News", 1);
        accept("p-3");
        assertThat(accepted()).isOne();
    }

    @Test
    void an_audience_takes_as_many_bytes_as_it_may_have_and_what_is_refused_takes_none() {
        String large = "{\"profileId\":\"p-1\",\"profile\":{\"text\":\"" + "x".repeat(MEBIBYTE - 100) + "\"}}";
        audiences.accept(upload, json(large)).toCompletableFuture().join();
        assertThatThrownBy(() -> audiences.accept(upload, json(large.replace("p-1", "p-2"))))
                .isInstanceOf(JourneyException.class)
                .hasMessageContaining("at most 1 MiB");
        accept("p-3");
        assertThat(accepted()).isEqualTo(2);
    }

    @Test
    void a_profile_that_could_not_be_stored_takes_no_place() {
        store.move(sandbox, upload.run().id(), "cancelled", Instant.now());
        for (int i = 0; i <= FEW; i++) {
            assertThatThrownBy(() -> accept("p-1")).hasStackTraceContaining("the run was cancelled");
        }
    }

    private void accept(String profileId) {
        audiences
                .accept(upload, json("{\"profileId\":\"" + profileId + "\"}"))
                .toCompletableFuture()
                .join();
    }

    private long accepted() {
        return store.find(sandbox, upload.run().id()).orElseThrow().counts().accepted();
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
