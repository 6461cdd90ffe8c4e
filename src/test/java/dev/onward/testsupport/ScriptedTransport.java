package dev.onward.testsupport;

import dev.onward.call.Answer;
import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.CallRequest;
import dev.onward.call.CapturedMessage;
import dev.onward.call.Departure;
import dev.onward.call.Exchange;
import dev.onward.call.ExchangeReport;
import dev.onward.call.Passage;
import dev.onward.call.Timings;
import dev.onward.call.Transport;
import dev.onward.egress.Header;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A transport that ends its attempts as it was told, after the time it was told. Not thread-safe. */
public final class ScriptedTransport implements Transport {

    private final FakeTimer timer;
    private final Deque<Step> script = new ArrayDeque<>();
    private final List<CallRequest> sent = new ArrayList<>();
    private final List<CallError> cancelled = new ArrayList<>();

    public ScriptedTransport(FakeTimer timer) {
        this.timer = timer;
    }

    /** The next attempt is answered at once. */
    public ScriptedTransport answers(int status, Header... headers) {
        return ends(Duration.ZERO, answered(status, headers));
    }

    /** The next attempt fails at once. */
    public ScriptedTransport fails(CallErrorCode code, boolean bytesSent) {
        return ends(
                Duration.ZERO, new AttemptEnd.Failed(new CallError(code, "scripted"), bytesSent, OptionalInt.empty()));
    }

    /** The next attempt never ends by itself. */
    public ScriptedTransport hangs() {
        return ends(Duration.ofDays(1), answered(200));
    }

    public ScriptedTransport ends(Duration after, AttemptEnd end) {
        boolean departs = end.map(answered -> true, AttemptEnd.Failed::sent);
        script.add(new Step(departs ? List.of(Duration.ZERO) : List.of(), after, end));
        return this;
    }

    /** The next attempt is held up for so long before it is sent, and then answered at once. */
    public ScriptedTransport departs(Duration after) {
        script.add(new Step(List.of(after), after, answered(200)));
        return this;
    }

    /** The next attempt is sent at once, in vain, and once more after this time, and then answered. */
    public ScriptedTransport repeats(Duration after) {
        script.add(new Step(List.of(Duration.ZERO, after), after, answered(200)));
        return this;
    }

    public static AttemptEnd answered(int status, Header... headers) {
        return new AttemptEnd.Answered(new Answer(status, List.of(headers), new byte[0]));
    }

    /** What was sent, attempt by attempt. */
    public List<CallRequest> sent() {
        return sent;
    }

    /** Why attempts were cancelled, in order. */
    public List<CallError> cancelled() {
        return cancelled;
    }

    @Override
    public Exchange send(CallRequest request, int number, Departure departure) {
        sent.add(request);
        Step step = script.remove();
        Scripted exchange = new Scripted(timer.nanoTime());
        for (int i = 0; i < step.departures().size(); i++) {
            boolean isLast = i + 1 == step.departures().size();
            timer.schedule(step.departures().get(i), () -> {
                if (!exchange.done.isDone()) {
                    departure.departed();
                    if (!isLast) {
                        departure.repeats();
                    }
                }
            });
        }
        timer.schedule(step.after(), () -> exchange.end(step.end()));
        return exchange;
    }

    private record Step(List<Duration> departures, Duration after, AttemptEnd end) {}

    private final class Scripted implements Exchange {

        private final CompletableFuture<ExchangeReport> done = new CompletableFuture<>();
        private final long begunAt;

        private Scripted(long begunAt) {
            this.begunAt = begunAt;
        }

        @Override
        public CompletionStage<ExchangeReport> done() {
            return done;
        }

        @Override
        public void cancel(CallError reason) {
            if (!done.isDone()) {
                cancelled.add(reason);
                end(new AttemptEnd.Failed(reason, true, OptionalInt.empty()));
            }
        }

        private void end(AttemptEnd end) {
            CapturedMessage nothing = new CapturedMessage(List.of(), Optional.empty(), false);
            Duration total = Duration.ofNanos(timer.nanoTime() - begunAt);
            Optional<Duration> no = Optional.empty();
            Timings timings = new Timings(no, no, no, no, no, total);
            done.complete(new ExchangeReport(
                    end, "https://provider.test/", nothing, Optional.empty(), timings, Passage.PLAIN));
        }
    }
}
