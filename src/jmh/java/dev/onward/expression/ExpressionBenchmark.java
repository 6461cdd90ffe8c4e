package dev.onward.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cel.bundle.Cel;
import dev.cel.bundle.CelFactory;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelRuntime;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.plan.Schema;
import dev.onward.expression.tree.Source;
import dev.onward.expression.value.Value;
import dev.onward.value.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Evaluation and compilation, beside cel-java with an equivalent expression over equal data: a filter of 20 items, and a
 * joined text. Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests package exec:exec -Djmh.args="ExpressionBenchmark"
 * }</pre>
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ExpressionBenchmark {

    private static final int ITEMS = 20;
    private static final String FILTER = "@event{o.items.all(currentEventField.price > 10)}";
    private static final String JOIN = "concat(upper(#{p.g.name}), \"!\")";
    private static final String CEL_FILTER = "event.o.items.filter(item, item.price > 10)";
    private static final String CEL_JOIN = "data.p.g.name.upperAscii() + \"!\"";

    private final Random random = new Random(1);
    private Expression filter;
    private Expression join;
    private Scope scope;
    private CelRuntime.Program celFilter;
    private CelRuntime.Program celJoin;
    private Map<String, Object> celData;

    /** Makes the same data twice: a tree of JSON for us, maps and lists for the other. */
    @Setup
    public void prepare() throws Exception {
        filter = ExpressionCompiler.compile(FILTER, Schema.EMPTY);
        join = ExpressionCompiler.compile(JOIN, Schema.EMPTY);
        StringBuilder json = new StringBuilder("{\"o\": {\"items\": [");
        List<Map<String, Object>> items = new ArrayList<>();
        for (int at = 0; at < ITEMS; at++) {
            json.append(at == 0 ? "" : ",").append("{\"sku\": \"s\", \"price\": ").append(at).append("}");
            items.add(Map.of("sku", "s", "price", (long) at));
        }
        JsonNode event = read(json.append("]}}").toString());
        JsonNode data = read("{\"p\": {\"g\": {\"name\": \"Ada Lovelace\"}}}");
        scope = new Scope(Map.of(Source.EVENT, event, Source.DATA_SOURCE, data), Map.of(), event, Instant.EPOCH);
        celData = Map.of(
                "event", Map.of("o", Map.of("items", items)),
                "data", Map.of("p", Map.of("g", Map.of("name", "Ada Lovelace"))));
        Cel cel = CelFactory.legacyCelBuilder()
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .addCompilerLibraries(CelExtensions.strings())
                .addRuntimeLibraries(CelExtensions.strings())
                .addVar("event", MapType.create(SimpleType.STRING, SimpleType.DYN))
                .addVar("data", MapType.create(SimpleType.STRING, SimpleType.DYN))
                .build();
        celFilter = cel.createProgram(cel.compile(CEL_FILTER).getAst());
        celJoin = cel.createProgram(cel.compile(CEL_JOIN).getAst());
        requireEqualWork();
    }

    private void requireEqualWork() throws Exception {
        int ours = filter().json().size();
        int theirs = ((List<?>) celFilter()).size();
        if (ours != theirs || !join().text().equals(celJoin())) {
            throw new IllegalStateException("the expressions are not equivalent: " + ours + " and " + theirs);
        }
    }

    @Benchmark
    public Value filter() {
        return filter.evaluate(scope, random);
    }

    @Benchmark
    public Object celFilter() throws Exception {
        return celFilter.eval(celData);
    }

    @Benchmark
    public Value join() {
        return join.evaluate(scope, random);
    }

    @Benchmark
    public Object celJoin() throws Exception {
        return celJoin.eval(celData);
    }

    @Benchmark
    public Expression compileFilter() {
        return ExpressionCompiler.compile(FILTER, Schema.EMPTY);
    }

    @Benchmark
    public Expression compileJoin() {
        return ExpressionCompiler.compile(JOIN, Schema.EMPTY);
    }

    private static JsonNode read(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
    }
}
