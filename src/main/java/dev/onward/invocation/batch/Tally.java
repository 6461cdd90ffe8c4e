package dev.onward.invocation.batch;

import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.batch.Batches.Hearing;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/**
 * One object at the end: how many lines were accepted, how many were duplicates, and the first that were refused with their
 * problems: {@value #MOST_LISTED} of them, and not more than {@value #MOST_BYTES} bytes beside the first. Thread-safe.
 */
final class Tally implements Reply {

    private static final byte[] NOTHING = {};
    private static final int MOST_LISTED = 1_000;

    /** A problem names the members that it is about, which the client made as long as it liked. */
    private static final int MOST_BYTES = 1024 * 1024;

    private final int status;
    private final Hearing hearing;
    private final List<Refused> refused = new ArrayList<>();
    private long accepted;
    private long duplicates;
    private long unlisted;
    private long bytes;

    private record Refused(long line, String problem) {}

    Tally(int status, Hearing hearing) {
        this.status = status;
        this.hearing = hearing;
    }

    @Override
    public void begin(HttpServerResponse response) {
        response.setStatusCode(status).putHeader("Content-Type", "application/json");
    }

    @Override
    public synchronized byte[] answered(long line, InvocationAnswer answer) {
        if (answer.replayed()) {
            duplicates++;
        } else {
            accepted++;
        }
        return NOTHING;
    }

    @Override
    public synchronized byte[] refused(long line, byte[] problem) {
        hearing.refused();
        if (isListed(problem.length)) {
            bytes += problem.length;
            refused.add(new Refused(line, new String(problem, StandardCharsets.UTF_8)));
        } else {
            unlisted++;
        }
        return NOTHING;
    }

    /** Once one does not fit none is listed any more, so that the list has no holes. */
    private boolean isListed(int problemBytes) {
        boolean fits = refused.isEmpty() || bytes + problemBytes <= MOST_BYTES;
        return fits && unlisted == 0 && refused.size() < MOST_LISTED;
    }

    @Override
    public CompletionStage<byte[]> end() {
        return hearing.ended().thenApply(this::json);
    }

    private synchronized byte[] json(Consumer<JsonMembers> more) {
        refused.sort(Comparator.comparingLong(Refused::line));
        JsonBuffer json = new JsonBuffer(256);
        JsonMembers.object(json, members -> {
            members.number("accepted", accepted).number("duplicates", duplicates);
            members.array(
                    "rejected",
                    refused,
                    (each, line) -> line.number("line", each.line())
                            .object("problem", problem -> problem.membersOf(each.problem())));
            if (unlisted > 0) {
                members.number("rejectedMore", unlisted);
            }
            more.accept(members);
        });
        return json.toByteArray();
    }

    @Override
    public void left() {
        hearing.left();
    }

    @Override
    public boolean isOneAnswer() {
        return true;
    }
}
