package dev.onward.invocation.batch;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.invocation.EndedInvocation;
import dev.onward.invocation.InvocationAnswer;
import dev.onward.invocation.OverloadedException;
import dev.onward.invocation.batch.Answers.Answer;
import dev.onward.invocation.batch.LineSplitter.Line;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * One batch under way. It begins a line only when fewer than {@code concurrency} calls are under way and fewer than twice
 * as many lines are unanswered, the client takes the answers and the log has room; the rest stays with the client, whose
 * connection is not read meanwhile. So it holds one chunk of the request, {@value #MAX_BYTES_UNDER_WAY} bytes of lines and
 * one more, and the answers of the lines that were unanswered when the client became slow.
 *
 * <p>A client that goes away ends the reading; the calls under way end as usual and are logged. Everything happens on
 * the request's context, so nothing needs a lock.
 */
public final class Batch {

    /** Between two tries while the log or the process has no room. */
    private static final Duration UNTIL_ROOM = Duration.ofMillis(20);

    /** Lines of so many bytes may be under way together, or a single longer one. */
    private static final long MAX_BYTES_UNDER_WAY = 16L * 1024 * 1024;

    private final Work work;
    private final int concurrency;
    private final boolean keyed;
    private final Reply reply;
    private final Problems problems;
    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Context context;
    private final Answers answers;
    private final Pace pace;
    private final LineSplitter lines = new LineSplitter(BatchLine.MAX_BYTES);

    /** Lines that were read and found no room: not more than {@code concurrency}. */
    private final Queue<Line> held = new ArrayDeque<>();

    private Runnable whenOver = () -> {};

    /** How many lines have one of the {@code concurrency} places. */
    private int calling;

    /** How many lines were begun and have no answer, those that are calling among them. */
    private int unanswered;

    private boolean beginning;
    private boolean asked;
    private boolean waiting;
    private long bytesUnderWay;
    private boolean uploaded;
    private boolean stopping;
    private boolean cutShort;
    private boolean allRead;
    private boolean gone;
    private boolean ended;

    /** What a line is run by. */
    public interface Work {

        /**
         * Runs one invocation.
         *
         * @return completes when another line may have the place of this one; fails with {@link OverloadedException}
         *     when there was no room: it is tried again then, which it is not when only the record fails
         */
        CompletionStage<EndedInvocation<InvocationAnswer>> run(JsonNode document, Optional<String> idempotencyKey);
    }

    Batch(Batches.Terms terms, Problems problems, HttpServerRequest request, Context context) {
        this.work = terms.work();
        this.concurrency = terms.concurrency();
        this.keyed = terms.keyed();
        this.reply = terms.reply();
        this.problems = problems;
        this.request = request;
        this.response = request.response();
        this.context = context;
        this.answers = new Answers(context, this::came);
        this.pace = new Pace(concurrency);
    }

    /**
     * Begins.
     *
     * @param done called once, when no call is under way and nothing more is read
     */
    void begin(Runnable done) {
        whenOver = done;
        response.exceptionHandler(broken -> leave());
        response.closeHandler(closed -> leave());
        response.drainHandler(taken -> goOn());
        request.pause();
        request.exceptionHandler(broken -> leave());
        request.handler(this::read);
        request.endHandler(end -> uploaded());
        if ("100-continue".equalsIgnoreCase(request.getHeader("Expect"))) {
            response.writeContinue();
        }
        reply.begin(response);
        goOn();
    }

    /** Takes no more lines: the process is about to stop. Callable from any thread. */
    void stop() {
        context.runOnContext(turn -> {
            stopping = true;
            goOn();
        });
    }

    private void read(Buffer chunk) {
        asked = false;
        if (!allRead) {
            lines.add(chunk.getBytes());
            goOn();
        }
    }

    private void uploaded() {
        uploaded = true;
        goOn();
    }

    /** The client is gone: what is under way goes on without it. */
    private void leave() {
        gone = true;
        held.clear();
        finishIfDone();
    }

    /** Begins as many lines as may be; asks for more when there are none; ends when there will be none. */
    private void goOn() {
        beginning = true;
        while (mayBegin()) {
            Optional<Line> line = next();
            if (line.isEmpty()) {
                break;
            }
            start(line.get());
        }
        beginning = false;
        finishIfDone();
    }

    private boolean mayBegin() {
        return !gone
                && !ended
                && pace.mayBegin()
                && calling < concurrency
                && unanswered < 2 * concurrency
                && bytesUnderWay < MAX_BYTES_UNDER_WAY
                && !response.writeQueueFull();
    }

    private Optional<Line> next() {
        Line refused = held.poll();
        if (refused != null) {
            return Optional.of(refused);
        }
        Optional<Line> line = lines.next();
        if (line.isEmpty() && (uploaded || stopping)) {
            allRead = true;
            cutShort |= !uploaded;
            line = lines.last();
        }
        if (line.isPresent()) {
            bytesUnderWay += line.get().bytes();
        } else if (!allRead && !asked) {
            asked = true;
            request.fetch(1);
        }
        return line;
    }

    private void start(Line line) {
        calling++;
        unanswered++;
        pace.began();
        run(line).whenComplete((ended, failure) -> {
            if (ended != null) {
                ended(line, ended.recorded());
            } else if (isForLackOfRoom(failure)) {
                context.runOnContext(turn -> hold(line));
            } else {
                answers.add(new Answer(problem(line, failure), line.bytes(), true));
            }
        });
    }

    private CompletionStage<EndedInvocation<InvocationAnswer>> run(Line line) {
        try {
            if (stopping) {
                cutShort = true;
                throw new StoppingException();
            }
            BatchLine.Asked asks = BatchLine.read(line, keyed);
            return work.run(asks.document(), asks.idempotencyKey());
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /**
     * Gives the line's place to the next one, without waiting for the record. Where that cannot be done at once it comes
     * with the answer: a turn of the loop for each line would cost more, and lines that end as soon as they begin must
     * not keep the loop for long.
     */
    private void ended(Line line, CompletionStage<InvocationAnswer> recorded) {
        boolean atOnce = Context.isOnEventLoopThread() && Vertx.currentContext() == context && !beginning;
        recorded.whenComplete((answer, lost) -> answers.add(new Answer(
                answer != null ? reply.answered(line.number(), answer) : problem(line, lost), line.bytes(), !atOnce)));
        if (atOnce) {
            calling--;
            goOn();
        }
    }

    private static boolean isForLackOfRoom(Throwable failure) {
        return cause(failure) instanceof OverloadedException;
    }

    private byte[] problem(Line line, Throwable failure) {
        return reply.refused(line.number(), problems.document(cause(failure), request.path()));
    }

    private static Throwable cause(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }

    /** There was no room: nothing was sent, and the line is tried again in a moment. */
    private void hold(Line line) {
        calling--;
        unanswered--;
        if (!gone) {
            held.add(line);
            pace.refused();
            tryAgainSoon();
        }
        finishIfDone();
    }

    private void tryAgainSoon() {
        if (!waiting) {
            waiting = true;
            context.owner().setTimer(UNTIL_ROOM.toMillis(), timer -> context.runOnContext(turn -> tryAgain()));
        }
    }

    private void tryAgain() {
        waiting = false;
        if (pace.tryAgain()) {
            tryAgainSoon();
        }
        goOn();
    }

    private void came(Buffer text, Answers.Sum sum) {
        unanswered -= sum.lines();
        calling -= sum.places();
        bytesUnderWay -= sum.lineBytes();
        if (!gone && text.length() > 0) {
            var unused = response.write(text);
        }
        goOn();
    }

    private void finishIfDone() {
        if (!ended && unanswered == 0 && held.isEmpty() && (gone || allRead)) {
            ended = true;
            if (gone) {
                reply.left();
            } else {
                end();
            }
            whenOver.run();
        }
    }

    /** What was not read when the process stopped is not waited for; of HTTP/2 others may use the connection. */
    private void end() {
        if (cutShort && reply.isOneAnswer()) {
            reply.left();
            problems.answer(StoppingException.ofStream(), request);
            return;
        }
        lastText()
                .whenComplete((text, failure) -> context.runOnContext(turn -> {
                    if (failure == null) {
                        send(text);
                    } else {
                        reply.left();
                        problems.answer(cause(failure), request);
                    }
                }));
    }

    private CompletionStage<byte[]> lastText() {
        try {
            return reply.end();
        } catch (RuntimeException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    private void send(byte[] text) {
        if (reply.isOneAnswer()) {
            response.putHeader(HttpHeaders.CONTENT_LENGTH, Integer.toString(text.length));
        }
        Future<Void> sent = response.end(Buffer.buffer(text));
        if (!uploaded && request.version() != HttpVersion.HTTP_2) {
            sent.onComplete(flushed -> request.connection().close());
        }
    }
}
