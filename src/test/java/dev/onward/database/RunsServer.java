package dev.onward.database;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;

/** A process that starts the embedded server, stores a row and keeps both until it is killed. */
final class RunsServer {

    private RunsServer() {}

    public static void main(String[] arguments) throws InterruptedException {
        Database database = new Database(TestServer.Config.EMBEDDED, DataDirectory.open(Path.of(arguments[0])));
        database.jdbi().useHandle(handle -> {
            handle.execute("CREATE TABLE kept (word text)");
            handle.execute("INSERT INTO kept VALUES ('committed')");
        });
        Logger.getLogger(RunsServer.class).infof("serves at %s", database.addresses());
        new CountDownLatch(1).await();
    }
}
