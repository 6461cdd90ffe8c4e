package dev.onward.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.access.Role;
import dev.onward.expression.function.Functions;
import dev.onward.expression.value.Value;
import dev.onward.value.StrictJson;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.random.RandomGenerator;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/expressions}: try an expression, check one, list the functions. Nothing is stored. */
@Path("/api/v1/expressions")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@RolesAllowed({Role.Names.VIEWER, Role.Names.INVOKER, Role.Names.AUTHOR, Role.Names.ADMIN})
@Tag(name = "Expressions", description = "The language of journeys. Any role.")
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public class ExpressionsResource {

    private static final String EXAMPLE = """
            {
              "expression": "count(@event{Order.items.all(currentEventField.price > 10)}) + ' of ' + @event{Order.id}",
              "context": {
                "event": { "Order": { "id": "A-7", "items": [ { "price": 12 }, { "price": 8 } ] } },
                "now": "2026-01-31T10:00:00Z",
                "types": { "event.Order.id": "string" }
              }
            }
            """;

    private final RandomGenerator random = new SecureRandom();
    private final Clock clock;

    ExpressionsResource(Clock clock) {
        this.clock = clock;
    }

    @POST
    @Path("/evaluate")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Evaluate an expression against the data of the request")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "type and value, dates and durations as ISO-8601 text; warnings")
    @APIResponse(
            responseCode = "422",
            description = "expression-invalid: every fault with code, message, line, column, length and suggestion")
    public JsonNode evaluate(byte[] body) {
        Evaluable evaluable = EvaluableReader.read(StrictJson.read(body), clock.instant());
        Expression expression = ExpressionCompiler.compile(evaluable.source(), evaluable.schema());
        Value value = expression.evaluate(evaluable.scope(), random);
        return ExpressionJson.value(expression, value);
    }

    @POST
    @Path("/check")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Check an expression without evaluating it")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "The static type, any when the data decides; warnings")
    @APIResponse(
            responseCode = "422",
            description = "expression-invalid: every fault with code, message, line, column, length and suggestion")
    public JsonNode check(byte[] body) {
        Evaluable evaluable = EvaluableReader.read(StrictJson.read(body), clock.instant());
        return ExpressionJson.check(ExpressionCompiler.compile(evaluable.source(), evaluable.schema()));
    }

    @GET
    @Path("/functions")
    @Operation(summary = "List the functions of the language with their signatures")
    @APIResponse(responseCode = "200", description = "items: name, group, description, signatures; by group and name")
    public JsonNode functions() {
        return ExpressionJson.functions(Functions.all());
    }
}
