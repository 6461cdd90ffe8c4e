package dev.onward;

import static dev.onward.testsupport.Waiting.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.onward.testsupport.ApiClient.Answer;
import dev.onward.testsupport.BatchConnection;
import dev.onward.testsupport.InTarget;
import dev.onward.testsupport.PackagedOnward;
import dev.onward.testsupport.StubProvider;
import dev.onward.testsupport.StubProvider.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/** SIGTERM while a call is under way. */
class GracefulStopIT {

    /** Long enough for a stop to begin on a busy machine. */
    private static final Duration CALL_TAKES = Duration.ofSeconds(4);

    @Test
    void a_call_under_way_is_finished_answered_and_logged_while_new_ones_are_refused(
            @TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        String callId;
        try (StubProvider provider = StubProvider.start();
                PackagedOnward onward = start(folder)) {
            PingAction ping = new PingAction(onward.client(PingAction.KEY));
            ping.create(provider);
            provider.usually(Reply.status(204).after(CALL_TAKES));
            var underWay = CompletableFuture.supplyAsync(() -> ping.invoke("p-1"));
            await().until(() -> !provider.requests().isEmpty());

            onward.sigterm();

            await().pollInterval(Duration.ofMillis(20)).until(() -> isRefused(ping));
            assertThat(underWay).isNotDone();
            Answer answer = underWay.get(60, TimeUnit.SECONDS);
            assertThat(answer.json().path("outcome").asText()).isEqualTo("succeeded");
            assertThat(onward.awaitExitStatus()).isEqualTo(143);
            assertThat(provider.requests()).hasSize(1);
            callId = answer.json().path("callId").asText();
        }
        try (PackagedOnward again = start(folder)) {
            Answer log = new PingAction(again.client(PingAction.KEY)).log(callId);
            assertThat(log.json().path("outcome").asText()).isEqualTo("succeeded");
        }
    }

    @Test
    void a_batch_under_way_ends_with_the_lines_that_were_begun(
            @TempDir(factory = InTarget.class, cleanup = CleanupMode.ON_SUCCESS) Path folder) throws Exception {
        try (StubProvider provider = StubProvider.start();
                PackagedOnward onward = start(folder)) {
            new PingAction(onward.client(PingAction.KEY)).create(provider);
            provider.usually(Reply.status(204).after(CALL_TAKES));
            try (BatchConnection batch = BatchConnection.open(
                    onward.port(),
                    "/api/v1/actions/Ping/invocations",
                    "Authorization: Bearer " + PingAction.KEY + "\r\nContent-Type: application/x-ndjson\r\n")) {
                batch.line("{}");
                await().until(() -> !provider.requests().isEmpty());

                onward.sigterm();

                assertThat(batch.answers())
                        .singleElement()
                        .satisfies(answer ->
                                assertThat(answer.path("outcome").asText()).isEqualTo("succeeded"));
                assertThat(onward.awaitExitStatus()).isEqualTo(143);
            }
        }
    }

    /** A listing, which calls nobody: it is answered until the stop begins. */
    private static boolean isRefused(PingAction ping) {
        Answer answer = ping.list();
        return answer.status() == 503 && answer.body().contains("/problems/overloaded");
    }

    private static PackagedOnward start(Path folder) {
        return PackagedOnward.start(folder, PingAction.ENVIRONMENT).awaitReady();
    }
}
