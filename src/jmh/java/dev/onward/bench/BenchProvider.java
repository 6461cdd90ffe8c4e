package dev.onward.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;

/**
 * A provider that costs little: {@code POST /<millis>} is answered after so many milliseconds, by a small JSON object.
 * Prints its port.
 */
public final class BenchProvider extends AbstractVerticle {

    private static final String ANSWER = "{\"id\":\"m-77\",\"accepted\":true}";
    private static final int BACKLOG = 16_384;

    public static void main(String[] arguments) {
        Vertx.vertx(new VertxOptions().setPreferNativeTransport(true).setEventLoopPoolSize(1))
                .deployVerticle(BenchProvider::new, new DeploymentOptions())
                .onFailure(failure -> System.exit(1));
    }

    @Override
    public void start(Promise<Void> started) {
        HttpServerOptions options = new HttpServerOptions().setHost("127.0.0.1").setPort(0).setAcceptBacklog(BACKLOG);
        vertx.createHttpServer(options)
                .requestHandler(this::answer)
                .listen()
                .map(BenchProvider::tell)
                .onComplete(started);
    }

    private static Void tell(HttpServer server) {
        System.out.println(server.actualPort());
        return null;
    }

    private void answer(HttpServerRequest request) {
        long millis = Long.parseLong(request.path().substring(1));
        request.endHandler(end -> {
            if (millis == 0) {
                send(request);
            } else {
                vertx.setTimer(millis, timer -> send(request));
            }
        });
        request.resume();
    }

    private static void send(HttpServerRequest request) {
        request.response().putHeader("Content-Type", "application/json").end(ANSWER);
    }
}
