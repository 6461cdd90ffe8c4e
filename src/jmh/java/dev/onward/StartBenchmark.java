package dev.onward;

import dev.onward.testsupport.PackagedOnward;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * From the start of the packaged application's process to its first 200 at {@code /q/health/ready}, with the embedded
 * database, on data that exists. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Djmh.args=StartBenchmark
 * }</pre>
 *
 * and read {@code p(50.0000)}, the median of the five starts.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 5)
@Fork(1)
public class StartBenchmark {

    private Path folder = Path.of("");
    private AutoCloseable running = () -> {};

    /** The first start makes the data. */
    @Setup
    public void makeData() throws IOException {
        folder = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "start-");
        PackagedOnward.start(folder, Map.of()).awaitReady().close();
    }

    @Benchmark
    public Object startToReady() {
        PackagedOnward onward = PackagedOnward.start(folder, Map.of());
        running = onward;
        return onward.awaitReady();
    }

    @TearDown(Level.Iteration)
    public void stop() throws Exception {
        running.close();
    }
}
