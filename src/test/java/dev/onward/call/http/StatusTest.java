package dev.onward.call.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallErrorCode;
import dev.onward.testsupport.Calls;
import dev.onward.testsupport.RawProvider;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusTest {

    @Test
    void every_final_status_is_an_answer() throws IOException {
        List<Integer> statuses = IntStream.rangeClosed(200, 999).boxed().toList();
        try (RawProvider provider = RawProvider.playing(connection -> {
                    for (int status : statuses) {
                        connection.readRequest();
                        connection.write("HTTP/1.1 " + status + " X\r\n"
                                + (status == 204 || status == 304 ? "" : "Content-Length: 0\r\n") + "\r\n");
                    }
                });
                LoopbackTransport transport = new LoopbackTransport()) {
            List<Integer> seen = new ArrayList<>();
            for (int call = 0; call < statuses.size(); call++) {
                AttemptEnd end = transport.send(Calls.to(provider.port())).end();
                end.map(answered -> seen.add(answered.answer().status()), failed -> seen.add(-1));
            }

            assertThat(seen).isEqualTo(statuses);
            assertThat(provider.accepted()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 102, 104, 150, 199})
    void an_interim_status_that_nobody_asked_for_is_illegal(int status) throws IOException {
        String interim = "HTTP/1.1 " + status + " X\r\n\r\n";
        try (RawProvider provider = RawProvider.playing(RawProvider.answer(interim + RawAnswers.OK));
                LoopbackTransport transport = new LoopbackTransport()) {
            AttemptEnd end = transport.send(Calls.to(provider.port())).end();

            assertThat(end)
                    .isInstanceOfSatisfying(
                            AttemptEnd.Failed.class,
                            failed -> assertThat(failed.error().code()).isEqualTo(CallErrorCode.PROTOCOL));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 103})
    void an_interim_status_that_says_nothing_is_passed_over(int status) throws IOException {
        String interim = "HTTP/1.1 " + status + " X\r\n\r\n";
        try (RawProvider provider = RawProvider.playing(RawProvider.answer(interim + interim + RawAnswers.OK));
                LoopbackTransport transport = new LoopbackTransport()) {
            assertThat(transport.send(Calls.to(provider.port())).end()).isInstanceOf(AttemptEnd.Answered.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"099", "20", "2000", "1000", "-20", "2x0"})
    void what_is_no_status_of_three_digits_is_illegal(String status) throws IOException {
        try (RawProvider provider = RawProvider.playing(
                        RawProvider.answer("HTTP/1.1 " + status + " X\r\nContent-Length: 0\r\n\r\n"));
                LoopbackTransport transport = new LoopbackTransport()) {
            assertThat(transport.send(Calls.to(provider.port())).end()).isInstanceOf(AttemptEnd.Failed.class);
        }
    }
}
