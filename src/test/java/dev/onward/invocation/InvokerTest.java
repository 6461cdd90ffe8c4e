package dev.onward.invocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.onward.action.Action;
import dev.onward.action.TestActions;
import dev.onward.call.CallEngine;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallId;
import dev.onward.call.CallIds;
import dev.onward.call.CallOrigin;
import dev.onward.call.CallRecord;
import dev.onward.call.CallRecorder;
import dev.onward.call.Transport;
import dev.onward.sandbox.Sandbox;
import dev.onward.testsupport.Definitions;
import dev.onward.testsupport.Engines;
import dev.onward.testsupport.FakeTimer;
import dev.onward.testsupport.ScriptedTransport;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

class InvokerTest {

    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T10:00:00Z"), ZoneOffset.UTC);
    private static final Action ACTION = TestActions.smallest("Sms", Sandbox.DEFAULT);
    private static final CallOrigin ORIGIN = CallOrigin.ofCaller("key-1", Optional.of("p-1"));

    private final FakeTimer timer = new FakeTimer();
    private final ScriptedTransport transport = new ScriptedTransport(timer);
    private final OneRoom recorder = new OneRoom();

    @Test
    void arguments_that_do_not_fit_take_no_room() {
        Invocation faulty = invocation("{\"nobody\":1}");
        assertThatThrownBy(() -> invoke(transport, faulty)).isInstanceOf(ArgumentsInvalidException.class);
        assertThat(recorder.isFree).isTrue();
        assertThat(transport.sent()).isEmpty();
    }

    @Test
    void without_room_in_the_log_nothing_is_sent() {
        recorder.isFree = false;
        assertThatThrownBy(() -> invoke(transport, invocation("{}"))).isInstanceOf(OverloadedException.class);
        assertThat(transport.sent()).isEmpty();
    }

    @Test
    void at_the_ceiling_nothing_is_sent_and_the_room_in_the_log_is_given_back() {
        Invoker full = invoker(Engines.full(transport, timer, CLOCK));
        assertThatThrownBy(() -> invoke(full, invocation("{}")))
                .isInstanceOf(OverloadedException.class)
                .hasMessageContaining("onward.call.max-in-flight");
        assertThat(transport.sent()).isEmpty();
        assertThat(recorder.isFree).isTrue();
    }

    @Test
    void without_room_in_the_log_no_place_of_the_engine_is_taken() {
        recorder.isFree = false;
        CallEngine engine = Engines.of(transport, timer, CLOCK, new Random(7));
        assertThatThrownBy(() -> invoke(invoker(engine), invocation("{}"))).isInstanceOf(OverloadedException.class);
        assertThat(engine.inFlight()).isZero();
    }

    @Test
    void a_fault_of_ours_ends_in_the_log_too() {
        Transport broken = (request, number, departing) -> {
            throw new IllegalStateException("broken");
        };
        CompletionStage<InvocationResult> result = invoke(broken, invocation("{}"));
        recorder.kept.complete(null);
        assertThat(result.toCompletableFuture()).isCompleted();
        assertThat(recorder.records)
                .singleElement()
                .satisfies(record -> assertThat(
                                record.outcome().error().orElseThrow().code())
                        .isEqualTo(CallErrorCode.INTERNAL));
    }

    @Test
    void an_answer_waits_until_its_record_is_kept() {
        transport.answers(200);
        CompletionStage<InvocationResult> result = invoke(transport, invocation("{}"));
        timer.advance(Duration.ZERO);
        assertThat(recorder.records).hasSize(1);
        assertThat(result.toCompletableFuture()).isNotDone();
        recorder.kept.complete(null);
        assertThat(result.toCompletableFuture()).isCompleted();
    }

    @Test
    void the_end_of_a_call_is_told_before_its_record_is_kept() {
        transport.answers(200);
        Invoker invoker = invoker(Engines.of(transport, timer, CLOCK, new Random(7)));
        CallId callId = invoker.newCallId();
        CompletionStage<EndedInvocation<InvocationResult>> begun =
                invoker.begin(ACTION, invocation("{}"), ORIGIN, callId, callId.toString());
        timer.advance(Duration.ZERO);
        CompletionStage<InvocationResult> recorded =
                begun.toCompletableFuture().join().recorded();
        assertThat(recorded.toCompletableFuture()).isNotDone();
        recorder.kept.complete(null);
        assertThat(recorded.toCompletableFuture()).isCompleted();
    }

    @Test
    void a_record_that_cannot_be_kept_fails_the_invocation() {
        transport.answers(200);
        CompletionStage<InvocationResult> result = invoke(transport, invocation("{}"));
        timer.advance(Duration.ZERO);
        recorder.kept.completeExceptionally(new IllegalStateException("disk full"));
        assertThat(result.toCompletableFuture()).isCompletedExceptionally();
    }

    @Test
    void the_record_tells_who_asked_for_what() {
        transport.answers(200);
        invoke(transport, invocation("{}"));
        timer.advance(Duration.ZERO);
        CallRecord record = recorder.records.get(0);
        assertThat(record.action()).isEqualTo("Sms");
        assertThat(record.actionVersion()).isEqualTo(1);
        assertThat(record.origin().callerId()).contains("key-1");
        assertThat(record.origin().profileId()).contains("p-1");
        assertThat(record.at()).isEqualTo(CLOCK.instant());
        assertThat(record.attempts()).hasSize(1);
    }

    private CompletionStage<InvocationResult> invoke(Transport way, Invocation invocation) {
        return invoke(invoker(Engines.of(way, timer, CLOCK, new Random(7))), invocation);
    }

    private Invoker invoker(CallEngine engine) {
        return new Invoker(
                new RequestRenderer("Onward/1"),
                Engines.authenticator(new ScriptedTransport(timer), timer, CLOCK),
                engine,
                recorder,
                new CallIds(CLOCK, new Random(7)),
                new CallMetrics(new SimpleMeterRegistry()));
    }

    private static CompletionStage<InvocationResult> invoke(Invoker invoker, Invocation invocation) {
        CallId callId = invoker.newCallId();
        return invoker.invoke(ACTION, invocation, ORIGIN, callId, callId.toString());
    }

    private static Invocation invocation(String arguments) {
        return InvocationReader.read(
                JsonNodeFactory.instance.objectNode().set("arguments", Definitions.parse(arguments)));
    }

    /** A log with room for one record. */
    private static final class OneRoom implements CallRecorder {

        private final List<CallRecord> records = new ArrayList<>();
        private final CompletableFuture<Void> kept = new CompletableFuture<>();
        private boolean isFree = true;

        @Override
        public Optional<Reservation> reserve() {
            if (!isFree) {
                return Optional.empty();
            }
            isFree = false;
            return Optional.of(new Reservation() {
                @Override
                public CompletionStage<Void> record(CallRecord record) {
                    records.add(record);
                    return kept;
                }

                @Override
                public void release() {
                    isFree = records.isEmpty();
                }
            });
        }
    }
}
