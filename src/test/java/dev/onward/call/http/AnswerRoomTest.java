package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import org.junit.jupiter.api.Test;

class AnswerRoomTest {

    private final AnswerRoom room = new AnswerRoom(10);

    @Test
    void what_does_not_fit_takes_nothing() {
        assertThat(room.tryTake(7)).isTrue();
        assertThat(room.tryTake(4)).isFalse();
        assertThat(room.free()).isEqualTo(3);
        assertThat(room.tryTake(3)).isTrue();
        assertThat(room.free()).isZero();
    }

    @Test
    void what_is_given_back_can_be_taken_again() {
        assertThat(room.tryTake(10)).isTrue();
        room.giveBack(6);
        assertThat(room.tryTake(7)).isFalse();
        assertThat(room.tryTake(6)).isTrue();
    }

    @Test
    void an_answer_gives_its_room_back_whether_it_was_read_or_broken_off() {
        AnswerRoom small = new AnswerRoom(100);
        try (StubProvider provider = StubProvider.start();
                LoopbackTransport transport = new LoopbackTransport(
                        (sandbox, destination) -> LoopbackTransport.loopback(), Route.DIRECT, small)) {
            for (int answer = 0; answer < 5; answer++) {
                provider.next(Reply.json(200, "x".repeat(90)));
                provider.next(Reply.json(200, "x".repeat(101)));
                AttemptEnd read = transport.send(Calls.to(provider.port())).end();
                AttemptEnd brokenOff = transport.send(Calls.to(provider.port())).end();
                assertThat(read).isInstanceOf(AttemptEnd.Answered.class);
                assertThat(brokenOff)
                        .isInstanceOfSatisfying(
                                AttemptEnd.Failed.class,
                                end -> assertThat(end.error()).isEqualTo(Failures.ANSWERS_TOO_LARGE));
            }
        }
        assertThat(small.free()).isEqualTo(100);
    }

    @Test
    void the_answers_may_take_a_part_of_the_heap() {
        assertThat(AnswerRoom.ofHeap().free())
                .isEqualTo(Runtime.getRuntime().maxMemory() / 4)
                .isPositive();
    }
}
