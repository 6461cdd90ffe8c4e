package dev.onward.invocation.batch;

import dev.onward.invocation.InvocationAnswer;
import dev.onward.value.JsonBuffer;
import dev.onward.value.JsonMembers;
import io.vertx.core.http.HttpServerResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One object at the end: how many lines were accepted, how many were duplicates, and the first thousand that were refused
 * with their problems. Thread-safe.
 */
final class Tally implements Reply {

    private static final byte[] NOTHING = {};
    private static final int MOST_LISTED = 1_000;

    private final int status;
    private final List<Refused> refused = new ArrayList<>();
    private long accepted;
    private long duplicates;
    private long more;

    private record Refused(long line, String problem) {}

    Tally(int status) {
        this.status = status;
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
        if (refused.size() < MOST_LISTED) {
            refused.add(new Refused(line, new String(problem, StandardCharsets.UTF_8)));
        } else {
            more++;
        }
        return NOTHING;
    }

    @Override
    public synchronized byte[] end(HttpServerResponse response) {
        JsonBuffer json = new JsonBuffer(256);
        JsonMembers.object(json, members -> {
            members.number("accepted", accepted).number("duplicates", duplicates);
            members.array(
                    "rejected",
                    refused,
                    (each, line) -> line.number("line", each.line())
                            .object("problem", problem -> problem.membersOf(each.problem())));
            if (more > 0) {
                members.number("rejectedMore", more);
            }
        });
        byte[] text = json.toByteArray();
        response.putHeader("Content-Length", Integer.toString(text.length));
        return text;
    }
}
