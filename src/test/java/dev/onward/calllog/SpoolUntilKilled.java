package dev.onward.calllog;

import dev.onward.call.CallRecord;
import dev.onward.calllog.spool.Spool;
import dev.onward.calllog.spool.SpoolDirectory;
import java.nio.file.Path;
import java.time.Clock;

/**
 * A process that records calls until it is killed, and prints the id of each call that was acknowledged. Its argument is
 * the folder of the spool.
 */
final class SpoolUntilKilled {

    private static final int THREADS = 4;

    private SpoolUntilKilled() {}

    /** Never returns. */
    public static void main(String[] arguments) {
        Spool spool = new Spool(SpoolDirectory.open(Path.of(arguments[0])), Long.MAX_VALUE / 2, Clock.systemUTC());
        for (int i = 0; i < THREADS; i++) {
            new Thread(() -> recordForEver(spool)).start();
        }
    }

    private static void recordForEver(Spool spool) {
        while (true) {
            CallRecord call = CallRecords.call().build();
            spool.reserve()
                    .orElseThrow()
                    .append(() -> CallRows.of(call))
                    .toCompletableFuture()
                    .join();
            acknowledge(call.callId().toString() + "\n");
        }
    }

    private static synchronized void acknowledge(String line) {
        System.out.print(line);
        System.out.flush();
    }
}
