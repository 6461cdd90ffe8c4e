package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallResult;
import dev.onward.call.retry.RetryOn;
import dev.onward.call.retry.RetryPolicy;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.FaultyNetwork;
import dev.onward.testsupport.FaultyNetwork.Fault;
import dev.onward.testsupport.StubProvider;
import java.io.IOException;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the network between Onward and a sound provider may do. */
class FaultyNetworkTest {

    private static final LoopbackTransport TRANSPORT = new LoopbackTransport();
    private static final RetryPolicy ONCE = new RetryPolicy(0, RetryOn.DEFAULT, Duration.ZERO, Duration.ZERO);

    private final StubProvider provider = StubProvider.start();
    private FaultyNetwork network;

    @BeforeEach
    void lay() throws IOException {
        network = new FaultyNetwork(provider.port());
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        provider.close();
    }

    @AfterAll
    static void closeTransport() {
        TRANSPORT.close();
    }

    static Stream<Arguments> harmful() {
        return Stream.of(
                Arguments.of("an answer later than the deadline", CallErrorCode.ATTEMPT_TIMEOUT, latency()),
                Arguments.of(
                        "bytes too slow for the deadline", CallErrorCode.ATTEMPT_TIMEOUT, FaultyNetwork.slices(50)),
                Arguments.of("a reset", CallErrorCode.RESET, FaultyNetwork.reset()),
                Arguments.of("no byte before the end", CallErrorCode.RESET, FaultyNetwork.limit(0)),
                Arguments.of("an end inside the head", CallErrorCode.RESET, FaultyNetwork.limit(10)),
                Arguments.of("an end before the last byte", CallErrorCode.RESET, FaultyNetwork.limit(90)));
    }

    private static Fault latency() {
        return FaultyNetwork.latency(5_000);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmful")
    void a_fault_has_a_name_on_a_new_connection_and_on_a_kept_one(String name, CallErrorCode code, Fault fault) {
        network.set(fault);
        CallResult onNew = TRANSPORT.call(call());
        network.restore();
        CallResult between = TRANSPORT.call(call().attemptTimeout(Duration.ofSeconds(10)));
        network.set(fault);
        CallResult onKept = TRANSPORT.call(call());
        network.restore();
        CallResult after = TRANSPORT.call(call().attemptTimeout(Duration.ofSeconds(10)));

        assertThat(onNew.outcome().error()).map(CallError::code).contains(code);
        assertThat(between.outcome().isSuccess()).isTrue();
        assertThat(onKept.outcome().error()).map(CallError::code).contains(code);
        assertThat(after.outcome().isSuccess()).isTrue();
    }

    static Stream<Arguments> harmless() {
        return Stream.of(
                Arguments.of("some latency", FaultyNetwork.latency(20)),
                Arguments.of("one byte after the other", FaultyNetwork.slices(0)),
                Arguments.of("a slow end", FaultyNetwork.slowClose(2_000)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harmless")
    void a_slow_network_within_the_deadline_is_no_fault(String name, Fault fault) {
        network.set(fault);

        CallResult result = TRANSPORT.call(call().attemptTimeout(Duration.ofSeconds(10)));

        assertThat(result.outcome().isSuccess()).isTrue();
    }

    @Test
    void a_network_that_is_down_is_a_reset_and_works_again_afterwards() throws IOException {
        TRANSPORT.call(call().attemptTimeout(Duration.ofSeconds(10)));
        network.takeDown();
        CallResult down = TRANSPORT.call(call());
        network.restore();
        CallResult up = TRANSPORT.call(call().attemptTimeout(Duration.ofSeconds(10)));

        assertThat(down.outcome().error()).map(CallError::code).contains(CallErrorCode.RESET);
        assertThat(up.outcome().isSuccess()).isTrue();
    }

    private Calls call() {
        return Calls.to(network.port()).attemptTimeout(Duration.ofMillis(400)).retry(ONCE);
    }
}
