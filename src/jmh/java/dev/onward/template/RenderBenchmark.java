package dev.onward.template;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Arguments;
import dev.onward.value.Issues;
import dev.onward.value.Parameter;
import dev.onward.value.StrictJson;
import dev.onward.value.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Rendering a payload of about 600 bytes with a collection of five, against hand-written code that writes the same
 * document from the same arguments with a Jackson generator. Both end in a fresh byte array.
 *
 * <p>The generator writes into a buffer that Jackson recycles ({@code generator}, what {@code
 * ObjectMapper.writeValueAsBytes} does) or into a stream of the right size ({@code generatorIntoStream}). Run it with
 *
 * <pre>{@code
 * ./mvnw -q -Pbench -DskipTests test-compile exec:exec -Djmh.args="RenderBenchmark -prof gc"
 * }</pre>
 *
 * and compare the time with {@code gc.alloc.rate.norm}, the bytes allocated per operation.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(5)
public class RenderBenchmark {

    private static final String TEMPLATE =
            """
            { "to": "${phone}",
              "campaign": "${campaign}",
              "text": "Dear ${firstName}, your order of ${products.size} items has shipped",
              "dryRun": "${dryRun}",
              "sender": { "name": "Acme", "channel": "sms", "priority": 1 },
              "lines": [ { "$each": "product in products",
                           "sku": "${product.id}",
                           "name": "${product.name}",
                           "quantity": "${product.quantity}",
                           "price": "${product.price}",
                           "currency": "EUR" } ] }
            """;

    private static final String ARGUMENTS =
            """
            { "phone": "+33600000000", "campaign": "spring-2026", "firstName": "Zoé", "dryRun": false,
              "products": [
                { "id": "A-1001", "name": "Rain jacket, blue", "quantity": 1, "price": 89.90 },
                { "id": "A-1002", "name": "Hiking socks \\"pro\\"", "quantity": 3, "price": 12.50 },
                { "id": "A-1003", "name": "Steel bottle 0.7 l", "quantity": 1, "price": 24.00 },
                { "id": "A-1004", "name": "Head lamp", "quantity": 2, "price": 39.95 },
                { "id": "A-1005", "name": "Crème solaire", "quantity": 12, "price": 9.99 } ] }
            """;

    private final Arguments arguments = arguments();
    private final Template template = template();
    private final GeneratorWriter writer = new GeneratorWriter();

    /** Both sides must write the same bytes, else there is nothing to compare. */
    @Setup
    public void requireSameDocument() throws IOException {
        String rendered = new String(render(), StandardCharsets.UTF_8);
        for (byte[] written : new byte[][] {generator(), generatorIntoStream()}) {
            if (!rendered.equals(new String(written, StandardCharsets.UTF_8))) {
                throw new IllegalStateException(
                        "not the same: " + rendered + " and " + new String(written, StandardCharsets.UTF_8));
            }
        }
    }

    @Benchmark
    public byte[] render() {
        return template.render(arguments);
    }

    @Benchmark
    public byte[] generator() throws IOException {
        return writer.recycled(arguments);
    }

    @Benchmark
    public byte[] generatorIntoStream() throws IOException {
        return writer.intoStream(arguments);
    }

    private static Template template() {
        Issues issues = new Issues();
        Optional<Template> template =
                new TemplateCompiler(parameters(), issues).payload(read(TEMPLATE), NullMode.OMIT, JsonPointer.empty());
        return template.orElseThrow(() -> new IllegalStateException(issues.errors().toString()));
    }

    private static Arguments arguments() {
        Issues issues = new Issues();
        return Arguments.check(read(ARGUMENTS), parameters(), JsonPointer.empty(), issues)
                .orElseThrow(() -> new IllegalStateException(issues.errors().toString()));
    }

    private static Map<String, Parameter> parameters() {
        Map<String, Parameter> fields = byName(
                Parameter.required("id", ValueType.STRING),
                Parameter.required("name", ValueType.STRING),
                Parameter.required("quantity", ValueType.INTEGER),
                Parameter.required("price", ValueType.DECIMAL));
        return byName(
                Parameter.required("phone", ValueType.STRING),
                Parameter.required("campaign", ValueType.STRING),
                Parameter.required("firstName", ValueType.STRING),
                Parameter.required("dryRun", ValueType.BOOLEAN),
                new Parameter("products", ValueType.LIST_OBJECT, Optional.empty(), false, Optional.empty(), fields));
    }

    private static Map<String, Parameter> byName(Parameter... parameters) {
        Map<String, Parameter> byName = new LinkedHashMap<>();
        Stream.of(parameters).forEach(parameter -> byName.put(parameter.name(), parameter));
        return byName;
    }

    private static JsonNode read(String json) {
        return StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
    }

    /** The document as an experienced hand writes it: names encoded once, one factory, no tree. */
    private static final class GeneratorWriter {

        private static final int EXPECTED_BYTES = 700;

        private static final SerializableString TO = new SerializedString("to");
        private static final SerializableString CAMPAIGN = new SerializedString("campaign");
        private static final SerializableString TEXT = new SerializedString("text");
        private static final SerializableString DRY_RUN = new SerializedString("dryRun");
        private static final SerializableString SENDER = new SerializedString("sender");
        private static final SerializableString NAME = new SerializedString("name");
        private static final SerializableString ACME = new SerializedString("Acme");
        private static final SerializableString CHANNEL = new SerializedString("channel");
        private static final SerializableString SMS = new SerializedString("sms");
        private static final SerializableString PRIORITY = new SerializedString("priority");
        private static final SerializableString LINES = new SerializedString("lines");
        private static final SerializableString SKU = new SerializedString("sku");
        private static final SerializableString QUANTITY = new SerializedString("quantity");
        private static final SerializableString PRICE = new SerializedString("price");
        private static final SerializableString CURRENCY = new SerializedString("currency");
        private static final SerializableString EUR = new SerializedString("EUR");

        private final JsonFactory factory = new JsonFactory();

        byte[] recycled(Arguments arguments) throws IOException {
            ByteArrayBuilder out = new ByteArrayBuilder(factory._getBufferRecycler());
            try (JsonGenerator json = factory.createGenerator(out, JsonEncoding.UTF8)) {
                write(arguments, json);
            }
            return out.getClearAndRelease();
        }

        byte[] intoStream(Arguments arguments) throws IOException {
            ByteArrayOutputStream out = new ByteArrayOutputStream(EXPECTED_BYTES);
            try (JsonGenerator json = factory.createGenerator(out, JsonEncoding.UTF8)) {
                write(arguments, json);
            }
            return out.toByteArray();
        }

        private static void write(Arguments arguments, JsonGenerator json) throws IOException {
            JsonNode products = arguments.get("products");
            json.writeStartObject();
            text(TO, arguments.get("phone"), json);
            text(CAMPAIGN, arguments.get("campaign"), json);
            json.writeFieldName(TEXT);
            json.writeString("Dear " + arguments.get("firstName").textValue() + ", your order of " + products.size()
                    + " items has shipped");
            JsonNode dryRun = arguments.get("dryRun");
            if (!dryRun.isNull()) {
                json.writeFieldName(DRY_RUN);
                json.writeBoolean(dryRun.booleanValue());
            }
            json.writeFieldName(SENDER);
            json.writeStartObject();
            json.writeFieldName(NAME);
            json.writeString(ACME);
            json.writeFieldName(CHANNEL);
            json.writeString(SMS);
            json.writeFieldName(PRIORITY);
            json.writeNumber(1);
            json.writeEndObject();
            json.writeFieldName(LINES);
            json.writeStartArray();
            for (int i = 0; i < products.size(); i++) {
                line(products.get(i), json);
            }
            json.writeEndArray();
            json.writeEndObject();
        }

        private static void line(JsonNode product, JsonGenerator json) throws IOException {
            json.writeStartObject();
            text(SKU, product.get("id"), json);
            text(NAME, product.get("name"), json);
            JsonNode quantity = product.get("quantity");
            if (!quantity.isNull()) {
                json.writeFieldName(QUANTITY);
                json.writeNumber(quantity.longValue());
            }
            JsonNode price = product.get("price");
            if (!price.isNull()) {
                json.writeFieldName(PRICE);
                json.writeNumber(price.decimalValue());
            }
            json.writeFieldName(CURRENCY);
            json.writeString(EUR);
            json.writeEndObject();
        }

        private static void text(SerializableString name, JsonNode value, JsonGenerator json) throws IOException {
            if (!value.isNull()) {
                json.writeFieldName(name);
                json.writeString(value.textValue());
            }
        }
    }
}
