package dev.onward.database;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.jboss.logging.Logger;

/** A process that takes a data directory and keeps it until it is killed. */
final class HoldsDirectory {

    private HoldsDirectory() {}

    public static void main(String[] arguments) throws InterruptedException {
        try (DataDirectory directory = DataDirectory.open(Path.of(arguments[0]))) {
            Logger.getLogger(HoldsDirectory.class).infof("holds %s", directory.path());
            new CountDownLatch(1).await();
        }
    }
}
