package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.CallRequest;
import dev.onward.call.Line;
import dev.onward.call.TraceParent;
import dev.onward.call.auth.Credential;
import dev.onward.secret.Masker;
import dev.onward.testsupport.Calls;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TraceIdsTest {

    private long next = 0x1f;
    private final Tracing tracing = new TraceIds(() -> next++);

    @Test
    void an_attempt_is_a_new_place_in_the_callers_trace() {
        TraceParent caller = new TraceParent("a".repeat(32), "b".repeat(16), "01");
        CallRequest outside = Calls.to(1).build();
        CallRequest call = new CallRequest(
                outside.id(),
                outside.sandbox(),
                outside.message(),
                outside.policy(),
                outside.idempotencyKey(),
                Optional.of(caller),
                Credential.NONE,
                Masker.NONE,
                Line.NONE);

        assertThat(tracing.begin(call, 1).place()).isEqualTo(new TraceParent("a".repeat(32), "000000000000001f", "01"));
        assertThat(tracing.begin(call, 2).place().parentId()).isEqualTo("0000000000000020");
    }

    @Test
    void a_call_outside_any_trace_begins_one_with_its_own_id() {
        CallRequest call = Calls.to(1).build();

        TraceParent place = tracing.begin(call, 1).place();

        assertThat(place.traceId()).isEqualTo(call.id().toString().replace("-", ""));
        assertThat(place.flags()).isEqualTo("00");
        assertThat(TraceParent.parse(place.text())).contains(place);
    }

    @Test
    void a_place_is_never_the_illegal_one_of_zeros() {
        next = 0;

        assertThat(tracing.begin(Calls.to(1).build(), 1).place().parentId()).isEqualTo("0000000000000001");
    }
}
