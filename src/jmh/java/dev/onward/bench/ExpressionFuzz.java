package dev.onward.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.expression.Expression;
import dev.onward.expression.ExpressionCompiler;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.expression.plan.Schema;
import dev.onward.expression.tree.Node;
import dev.onward.expression.tree.Printer;
import dev.onward.expression.tree.Source;
import dev.onward.testsupport.CaseTable;
import dev.onward.value.StrictJson;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Reads, compiles, prints and evaluates random and mutated sources. Each must become an expression or issues, and
 * nothing else; what is printed must be read as the same tree; none may take more than 100 ms of CPU time after the
 * warm-up. Ends with status 1 and the source when one does not.
 *
 * <p>Arguments: how many sources (default 1,000,000) and the seed (default 1).
 */
public final class ExpressionFuzz {

    private static final int WARM_UP = 50_000;
    private static final long MAX_NANOS = 100_000_000;
    private static final Instant NOW = Instant.parse("2026-01-31T10:00:00Z");

    private static final JsonNode SAMPLE = StrictJson.read(
            """
            {"o": {"id": "A-7", "n": 3, "d": 2.5, "yes": true, "none": null, "at": "2026-01-30T10:00:00Z",
             "tags": ["a", "b", null], "map": {"x": 1, "y": 2},
             "items": [{"sku": "a", "price": 12, "sub": [{"q": 1}, {"q": 2}]}, {"sku": "b", "price": 8, "sub": []}]}}
            """
                    .getBytes(StandardCharsets.UTF_8));

    private static final Scope SCOPE = new Scope(
            Map.of(Source.EVENT, SAMPLE, Source.ACTION, SAMPLE, Source.DATA_SOURCE, SAMPLE), Map.of(), SAMPLE, NOW);

    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final SourceGenerator sources;
    private final Random random;
    private int expressions;
    private int values;
    private long slowestNanos;

    private ExpressionFuzz(long seed) {
        this.random = new Random(seed);
        List<String> corpus = new ArrayList<>();
        for (String table : List.of("model-system", "semantics", "issues")) {
            CaseTable.read("/expression/" + table + ".json")
                    .forEach(row -> corpus.add(row.path("expression").textValue()));
        }
        this.sources = new SourceGenerator(random, corpus);
    }

    public static void main(String[] arguments) {
        int count = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 1_000_000;
        long seed = arguments.length > 1 ? Long.parseLong(arguments[1]) : 1;
        new ExpressionFuzz(seed).run(count);
    }

    private void run(int count) {
        for (int at = 0; at < WARM_UP; at++) {
            attempt(sources.next());
        }
        slowestNanos = 0;
        expressions = 0;
        values = 0;
        for (int at = 0; at < count; at++) {
            String source = sources.next();
            long before = threads.getCurrentThreadCpuTime();
            attempt(source);
            long taken = threads.getCurrentThreadCpuTime() - before;
            slowestNanos = Math.max(slowestNanos, taken);
            if (taken > MAX_NANOS) {
                fail(source, new IllegalStateException(taken / 1_000_000 + " ms of CPU time"));
            }
        }
        System.out.printf(
                "%,d sources: %,d expressions, %,d of them with a value, the others with issues; slowest %.1f ms%n",
                count, expressions, values, slowestNanos / 1e6);
    }

    private void attempt(String source) {
        try {
            Node tree = ExpressionCompiler.parse(source);
            String printed = Printer.print(tree);
            if (!shape(ExpressionCompiler.parse(printed)).equals(shape(tree))) {
                fail(source, new IllegalStateException("printed as another tree: " + printed));
            }
            Expression expression = ExpressionCompiler.compile(source, Schema.EMPTY);
            expressions++;
            expression.evaluate(SCOPE, random, 100_000);
            values++;
        } catch (ExpressionException refused) {
            if (refused.issues().isEmpty()) {
                fail(source, refused);
            }
        } catch (RuntimeException | StackOverflowError unexpected) {
            fail(source, unexpected);
        }
    }

    /** The tree without its places. */
    private static String shape(Node tree) {
        return tree.toString().replaceAll("location=Location\\[[^\\]]*\\]", "");
    }

    private static void fail(String source, Throwable why) {
        System.err.println("source: " + source);
        why.printStackTrace();
        System.exit(1);
    }
}
