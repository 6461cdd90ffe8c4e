package dev.onward.call.http;

import dev.onward.call.AttemptEnd;
import dev.onward.call.CallError;
import dev.onward.call.CallRequest;
import dev.onward.call.Delivery;
import dev.onward.call.Departure;
import dev.onward.call.Exchange;
import dev.onward.call.ExchangeReport;
import dev.onward.call.OutboundRequest;
import dev.onward.call.Passage;
import dev.onward.call.http.Tracing.AttemptSpan;
import dev.onward.egress.AddressResolver;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.egress.Scheme;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * One attempt over Vert.x: looks the host up, sends on one connection, and once more when that connection was stale.
 * Everything happens on one context, so that nothing needs a lock; the public methods may be called from anywhere.
 */
final class HttpExchange implements Exchange, Sending.Listener {

    private static final byte[] NO_BODY = {};

    private final CallRequest request;
    private final Departure departure;
    private final SandboxClients clients;
    private final Stopwatch stopwatch;
    private final AttemptSpan span;
    private final Context context;
    private final Capture capture;
    private final CompletableFuture<ExchangeReport> done = new CompletableFuture<>();
    private Optional<RenderedRequest> rendered = Optional.empty();
    private Optional<Sending> sending = Optional.empty();
    private boolean repeated;
    private boolean sentInVain;
    private boolean over;

    HttpExchange(
            CallRequest request,
            Departure departure,
            SandboxClients clients,
            Stopwatch stopwatch,
            AttemptSpan span,
            Context context) {
        this.request = request;
        this.departure = departure;
        this.clients = clients;
        this.stopwatch = stopwatch;
        this.span = span;
        this.context = context;
        this.capture = new Capture(Redaction.of(request));
    }

    @Override
    public CompletionStage<ExchangeReport> done() {
        return done;
    }

    @Override
    public void cancel(CallError reason) {
        onContext(() -> end(reason));
    }

    void begin(AddressResolver resolver, int number) {
        onContext(() -> {
            try {
                rendered = Optional.of(RenderedRequest.of(request, span.place()));
            } catch (IllegalArgumentException illegal) {
                end(Failures.ofRendering(illegal));
                return;
            }
            lookUp(resolver, number);
        });
    }

    private void lookUp(AddressResolver resolver, int number) {
        CompletionStage<List<InetAddress>> answer =
                resolver.resolve(request.sandbox().name(), request.message().destination());
        if (!answer.toCompletableFuture().isDone()) {
            stopwatch.looksUp();
        }
        answer.whenComplete((addresses, failure) -> onContext(() -> resolved(addresses, failure, number)));
    }

    private void resolved(@Nullable List<InetAddress> addresses, @Nullable Throwable failure, int number) {
        if (addresses == null) {
            end(Failures.ofLookup(failure));
        } else if (!clients.route().carries(request.message().destination().scheme())) {
            end(Failures.PROXY_NEEDS_TLS);
        } else {
            send(rendered.orElseThrow(), choose(addresses, number), keeping());
        }
    }

    /** Another attempt goes to another address, as far as there are any. */
    private static InetAddress choose(List<InetAddress> addresses, int number) {
        return addresses.get((number - 1) % addresses.size());
    }

    private ClientKind keeping() {
        return ClientKind.keeping(request.message().destination().scheme());
    }

    private void send(RenderedRequest checked, InetAddress address, ClientKind kind) {
        HttpClient client =
                clients.client(kind, request.sandbox(), request.credential().identity());
        Destination to = checked.destination();
        ConnectQueue.Target target = new ConnectQueue.Target(client, to.host(), address, to.port());
        Sending next = new Sending(checked, target, clients, stopwatch, this);
        sending = Optional.of(next);
        next.begin(context);
    }

    @Override
    public void departed() {
        if (!over) {
            departure.departed();
        }
    }

    @Override
    public void answered(AnswerReader answer) {
        finish(new AttemptEnd.Answered(answer.answer()));
    }

    /**
     * A stale connection is replaced at once, and once: by a new one, or, as HTTP/2 takes no new stream on a connection
     * that goes away, by another of the pool. A request that the provider did not process is sent again even where a
     * second one must never be seen.
     */
    @Override
    public void failed(Sending failed, CallError error) {
        if (over) {
            return;
        }
        boolean stale = failed.wasStale(error) && request.policy().delivery() == Delivery.AT_LEAST_ONCE;
        if (!repeated && !clients.isClosed() && (stale || failed.isUnprocessed())) {
            repeated = true;
            sentInVain = failed.sent();
            departure.repeats();
            ClientKind next = failed.isMultiplexed() ? keeping() : ClientKind.SINGLE_USE;
            unlessOver(() -> send(failed.request(), failed.address(), next));
        } else {
            end(error);
        }
    }

    private void end(CallError error) {
        if (!over) {
            sending.ifPresent(Sending::abandon);
            boolean sent = sentInVain || sending.map(Sending::sent).orElse(false);
            finish(new AttemptEnd.Failed(error, sent, headStatus()));
        }
    }

    private OptionalInt headStatus() {
        return sending.flatMap(Sending::answer).stream()
                .mapToInt(AnswerReader::status)
                .findFirst();
    }

    /**
     * Tells the end one turn of the event loop later: by then the connection is back in its pool, or closed when the
     * provider sent more than one answer.
     */
    private void finish(AttemptEnd end) {
        over = true;
        try {
            span.end(end);
            ExchangeReport report = report(end);
            context.runOnContext(next -> done.complete(report));
        } catch (RuntimeException bug) {
            done.completeExceptionally(bug);
        }
    }

    private ExchangeReport report(AttemptEnd end) {
        OutboundRequest message = request.message();
        List<Header> headers = rendered.map(RenderedRequest::headers).orElse(message.headers());
        return new ExchangeReport(
                end,
                capture.url(message.destination()),
                capture.message(headers, message.body().orElse(NO_BODY)),
                sending.flatMap(Sending::answer).map(answer -> capture.message(answer.headers(), answer.body())),
                stopwatch.stop(),
                passage(message.destination().scheme()));
    }

    private Passage passage(Scheme scheme) {
        boolean mutualTls =
                scheme == Scheme.HTTPS && request.credential().identity().isPresent();
        boolean throughProxy = clients.route().proxy().isPresent();
        return new Passage(sending.map(Sending::reused).orElse(false), mutualTls, throughProxy, false);
    }

    /** Runs the step unless the attempt is over; a step that breaks ends it, for nobody else would. */
    private void onContext(Runnable step) {
        if (Context.isOnEventLoopThread() && Vertx.currentContext() == context) {
            unlessOver(step);
        } else {
            context.runOnContext(turn -> unlessOver(step));
        }
    }

    private void unlessOver(Runnable step) {
        if (over) {
            return;
        }
        try {
            step.run();
        } catch (RuntimeException bug) {
            end(Failures.internal(bug));
        }
    }
}
