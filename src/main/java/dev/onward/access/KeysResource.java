package dev.onward.access;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Cursor;
import dev.onward.value.Issues;
import dev.onward.value.MemberReader;
import dev.onward.value.Page;
import dev.onward.value.StrictJson;
import dev.onward.value.Times;
import dev.onward.value.ValueIssue;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.ParameterIn;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/keys}: API keys. */
@Path("/api/v1/keys")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.Names.ADMIN)
@Tag(name = "Keys", description = "API keys. Role: admin.")
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public class KeysResource {

    /** No control characters, no lone surrogates: it is stored as text. */
    private static final Pattern NAME = Pattern.compile("[\\P{Cc}&&[^\\p{Cs}]]{1,100}");

    private static final Set<String> SHOWN_ONLY = Set.of("id", "key", "createdAt", "createdBy");

    private final ApiKeys keys;
    private final Caller caller;

    KeysResource(ApiKeys keys, Caller caller) {
        this.keys = keys;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(summary = "Make a key; its text is in this answer only")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            examples =
                                    @ExampleObject(
                                            name = "key",
                                            value = "{\"name\":\"journeys\",\"role\":\"invoker\","
                                                    + "\"sandboxes\":[\"prod\"]}")))
    @APIResponse(responseCode = "201", description = "The key with its text, `key`")
    @APIResponse(responseCode = "422", description = "Every fault of the document, each with its pointer")
    public Response create(byte[] body) {
        Issues issues = new Issues();
        Optional<Asked> request = read(StrictJson.read(body), issues);
        issues.throwIfErrors();
        Asked asked = request.orElseThrow();
        ApiKeys.NewKey made = keys.create(caller.key(), asked.name(), asked.role(), asked.sandboxes());
        ObjectNode answer = json(made.key());
        answer.put("key", made.text());
        return Response.created(URI.create("/api/v1/keys/" + made.key().id()))
                .tag(tag(made.key()))
                .entity(answer)
                .build();
    }

    @GET
    @Operation(summary = "List the keys, without their texts")
    @APIResponse(responseCode = "200", description = "items, each with name, role and sandboxes; next")
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    @APIResponse(responseCode = "422", description = "validation-failed: limit is out of range")
    public JsonNode list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Optional<String> after = Optional.ofNullable(cursor)
                .map(text -> Cursor.parse(text, 1).key().get(0));
        return keys.list(caller.key(), after, Page.limit(Optional.ofNullable(limit)))
                .json(KeysResource::json);
    }

    @GET
    @Path("/{id}")
    @Operation(summary = "Show a key, without its text")
    @Parameter(name = HttpHeaders.IF_NONE_MATCH, in = ParameterIn.HEADER)
    @APIResponse(responseCode = "200", description = "The key with its name, role and sandboxes")
    @APIResponse(responseCode = "304", description = "The tag of If-None-Match is still the one")
    @APIResponse(responseCode = "404", description = "There is no such key, or none that this one covers")
    public Response get(@PathParam("id") String id, @Context Request request) {
        ApiKey key = keys.get(caller.key(), id);
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag(key));
        Response.ResponseBuilder answer = unchanged == null ? Response.ok(json(key)) : unchanged;
        return answer.tag(tag(key)).build();
    }

    @DELETE
    @Path("/{id}")
    @Operation(summary = "Remove a key; it stops working everywhere within 5 seconds")
    @Parameter(name = HttpHeaders.IF_MATCH, in = ParameterIn.HEADER)
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is no such key, or none that this one covers")
    @APIResponse(responseCode = "409", description = "It is the first key, which lives in the configuration")
    @APIResponse(responseCode = "412", description = "If-Match names another key")
    public void delete(@PathParam("id") String id, @Context Request request) {
        Response.ResponseBuilder changed = request.evaluatePreconditions(tag(keys.get(caller.key(), id)));
        if (changed != null) {
            throw new WebApplicationException(changed.build());
        }
        keys.remove(caller.key(), id);
    }

    /** A key never changes, so that its id is its tag. */
    private static EntityTag tag(ApiKey key) {
        return new EntityTag(key.id());
    }

    private record Asked(String name, Role role, List<String> sandboxes) {}

    private static Optional<Asked> read(JsonNode document, Issues issues) {
        return MemberReader.of(document, JsonPointer.empty(), issues).flatMap(reader -> {
            reader.ignore(SHOWN_ONLY);
            Optional<String> name = reader.require("name", reader.string("name", NAME));
            Optional<Role> role = reader.require("role", reader.oneOf("role", Role.values(), Role::wireName));
            List<String> sandboxes = sandboxes(reader);
            reader.finish();
            return name.flatMap(given -> role.map(known -> new Asked(given, known, sandboxes)));
        });
    }

    private static List<String> sandboxes(MemberReader reader) {
        List<String> names = new ArrayList<>();
        Optional<JsonNode> given = reader.require("sandboxes", reader.array("sandboxes"));
        given.ifPresent(array -> {
            for (int i = 0; i < array.size(); i++) {
                String name = array.get(i).asText();
                boolean known = array.get(i).isTextual()
                        && (name.equals(ApiKey.EVERY_SANDBOX)
                                || Sandbox.NAME.matcher(name).matches());
                if (known) {
                    names.add(name);
                } else {
                    String message = "a sandbox name must match " + Sandbox.NAME.pattern() + ", or be \"*\" for all";
                    reader.issues().error(reader.at("sandboxes").appendIndex(i), ValueIssue.BAD_FORMAT, message);
                }
            }
            if (array.isEmpty()) {
                String message = "'sandboxes' must name at least one sandbox, or \"*\" for all";
                reader.issues().error(reader.at("sandboxes"), ValueIssue.OUT_OF_RANGE, message);
            }
        });
        return names;
    }

    private static ObjectNode json(ApiKey key) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", key.id());
        json.put("name", key.name());
        json.put("role", key.role().wireName());
        key.sandboxes().forEach(name -> json.withArray("sandboxes").add(name));
        json.put("createdAt", Times.text(key.createdAt()));
        json.put("createdBy", key.createdBy());
        return json;
    }
}
