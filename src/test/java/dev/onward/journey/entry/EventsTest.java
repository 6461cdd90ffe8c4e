package dev.onward.journey.entry;

import static dev.onward.journey.entry.EventFixture.SANDBOX;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.database.Database;
import dev.onward.database.DatabaseFailure;
import dev.onward.database.TestServer;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.OverloadedException;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.TestDatabase;
import dev.onward.value.StrictJson;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventsTest {

    @RegisterExtension
    static final TestDatabase DATABASE = new TestDatabase();

    private static final int FEW = 3;

    private final AtomicInteger arrivals = new AtomicInteger();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<Events> begun = new ArrayList<>();
    private EventFixture fixture;

    @BeforeEach
    void open() {
        EventFixture.open(DATABASE);
        fixture = EventFixture.of(DATABASE.database(), new EventFixture.Limits(FEW, 1_000));
    }

    @AfterEach
    void end() {
        begun.forEach(events -> events.end(new ShutdownEvent()));
    }

    @Test
    void an_accepted_event_is_stored_and_told_to_who_looks_at_it() {
        Events events = begin(fixture);
        assertThat(answer(events, "a")).isEqualTo("{\"accepted\":1,\"duplicates\":0,\"rejected\":[]}");
        assertThat(arrivals).hasValue(1);
        assertThat(waiting()).isOne();
        assertThat(fixture.ids(fixture.take(10))).containsExactly("a");
        assertThat(waiting()).isZero();
        assertThat(answer(events, "a")).isEqualTo("{\"accepted\":0,\"duplicates\":1,\"rejected\":[]}");
        assertThat(arrivals).hasValue(1);
        assertThat(waiting()).isZero();
    }

    @Test
    void a_full_sandbox_is_refused_until_its_events_are_looked_at_and_others_are_not() {
        Events events = begin(fixture);
        for (int i = 0; i < FEW; i++) {
            answer(events, "e-" + i);
        }
        assertThatThrownBy(() -> events.accept(SANDBOX, event("more")))
                .isInstanceOf(EventsFullException.class)
                .hasMessageContaining("as many events waiting as it may, 3");
        assertThat(get(events.accept(new Sandbox("other"), event("e-1"))).replayed())
                .isFalse();
        fixture.take(1);
        answer(events, "more");
        assertThatThrownBy(() -> events.accept(SANDBOX, event("still more"))).isInstanceOf(EventsFullException.class);
    }

    @Test
    void bytes_fill_a_sandbox_too() {
        Events events = begin(fixture);
        JsonNode large = json("{\"eventId\":\"a\",\"name\":\"Order\",\"payload\":{\"t\":\"" + "x".repeat(600) + "\"}}");
        get(events.accept(SANDBOX, large));
        JsonNode other = json("{\"eventId\":\"b\",\"name\":\"Order\",\"payload\":{\"t\":\"" + "x".repeat(600) + "\"}}");
        assertThatThrownBy(() -> events.accept(SANDBOX, other))
                .isInstanceOf(EventsFullException.class)
                .hasMessageContaining("1000 bytes");
        answer(events, "small");
    }

    @Test
    void duplicates_take_no_room() {
        Events events = begin(fixture);
        answer(events, "a");
        for (int i = 0; i < 5 * FEW; i++) {
            assertThat(answer(events, "a")).contains("\"duplicates\":1");
        }
        assertThat(waiting()).isOne();
    }

    @Test
    void what_other_processes_accepted_fills_the_sandbox_once_it_is_counted() {
        Events other = begin(EventFixture.of(DATABASE.openAgain(), new EventFixture.Limits(100, 100_000)));
        for (int i = 0; i < FEW; i++) {
            answer(other, "e-" + i);
        }
        Events events = begin(fixture);
        fixture.room().count(fixture.store()::depths);
        assertThatThrownBy(() -> events.accept(SANDBOX, event("more"))).isInstanceOf(EventsFullException.class);
        DATABASE.jdbi().useHandle(handle -> handle.execute("DELETE FROM onward.journey_event"));
        fixture.room().count(fixture.store()::depths);
        answer(events, "more");
    }

    @Test
    void without_the_database_nothing_is_accepted_and_no_room_is_taken() {
        Database away = DATABASE.openAgain();
        EventFixture cutOff = EventFixture.of(away, new EventFixture.Limits(FEW, 1_000));
        Events events = begin(cutOff);
        TestServer.close(away);
        for (int i = 0; i < 2 * FEW; i++) {
            String id = "e-" + i;
            assertThatThrownBy(() -> get(events.accept(SANDBOX, event(id))))
                    .satisfies(failure ->
                            assertThat(DatabaseFailure.isUnavailable(failure)).isTrue());
        }
        assertThat(cutOff.room().used()).isZero();
        assertThat(arrivals).hasValue(0);
        assertThat(fixture.take(10)).isEmpty();
    }

    @Test
    void after_the_end_events_are_refused_and_take_no_room() {
        Events events = begin(fixture);
        events.end(new ShutdownEvent());
        assertThatThrownBy(() -> events.accept(SANDBOX, event("a"))).isInstanceOf(OverloadedException.class);
        assertThat(waiting()).isZero();
    }

    private Events begin(EventFixture process) {
        Events events = new Events(
                process.store(),
                process.room(),
                new EventCounts(process.room(), meters),
                arrivals::incrementAndGet,
                new EventFixture.Limits(FEW, 1_000),
                Clock.systemUTC());
        events.begin(new StartupEvent());
        begun.add(events);
        return events;
    }

    private int waiting() {
        return (int) meters.get("onward.journey.events.waiting").gauge().value();
    }

    private static String answer(Events events, String id) {
        return new String(get(events.accept(SANDBOX, event(id))).json(), StandardCharsets.UTF_8);
    }

    private static InvocationAnswer get(CompletionStage<InvocationAnswer> stage) {
        CompletableFuture<InvocationAnswer> told = stage.toCompletableFuture();
        try {
            return told.orTimeout(20, TimeUnit.SECONDS).join();
        } catch (CompletionException failure) {
            throw new IllegalStateException(failure.getCause());
        }
    }

    private static JsonNode event(String id) {
        return json("{\"eventId\":\"" + id + "\",\"name\":\"Order\"}");
    }

    private static JsonNode json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }
}
