package dev.onward.credential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.value.Cursor;
import dev.onward.value.Page;
import dev.onward.value.StrictJson;
import dev.onward.value.Tags;
import dev.onward.value.Times;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/credentials}: what several actions prove themselves with, bound to hosts. */
@Path("/api/v1/credentials")
@Produces(MediaType.APPLICATION_JSON)
@Tag(
        name = "Credentials",
        description =
                "Named credentials; their secrets are never shown. Reading: viewer, author, admin. Writing: author, admin.")
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public class CredentialsResource {

    private static final String EXAMPLE = """
            { "name": "acme", "hosts": ["api.acme.example"],
              "authentication": { "type": "oauth2", "grant": "client_credentials",
                                  "tokenUrl": "https://login.acme.example/token",
                                  "clientId": "onward", "clientSecret": "…", "scope": "send" } }""";

    private final Credentials credentials;
    private final CredentialListener listener;
    private final Caller caller;

    CredentialsResource(Credentials credentials, CredentialListener listener, Caller caller) {
        this.credentials = credentials;
        this.listener = listener;
        this.caller = caller;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Keep a credential")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = EXAMPLE))
    @APIResponse(responseCode = "201", description = "Kept; every secret reads as { \"set\": true, \"updatedAt\": … }")
    @APIResponse(responseCode = "409", description = "The name is taken")
    @APIResponse(responseCode = "422", description = "Every fault of the document, each with its pointer")
    public Response create(byte[] body) {
        NamedCredential made = credentials.create(caller.sandbox(), StrictJson.read(body), caller.keyId());
        return answer(Response.created(URI.create("/api/v1/credentials/" + made.name())), made);
    }

    @GET
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "List the credentials by name")
    @APIResponse(responseCode = "200", description = "items, without anything about secrets; next")
    @APIResponse(responseCode = "400", description = "cursor-invalid")
    public JsonNode list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        String after = cursor == null ? "" : Cursor.parse(cursor, 1).key().get(0);
        return credentials
                .list(caller.sandbox(), after, Page.limit(Optional.ofNullable(limit)))
                .json(CredentialsResource::summary);
    }

    @GET
    @Path("/{name}")
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Show a credential without its secrets")
    @APIResponse(
            responseCode = "200",
            description = "The credential; every secret reads as { \"set\": true, \"updatedAt\": … }")
    @APIResponse(responseCode = "304", description = "The tag of If-None-Match is still the one")
    @APIResponse(responseCode = "404", description = "There is no such credential in this sandbox")
    public Response get(@PathParam("name") String name, @HeaderParam(HttpHeaders.IF_NONE_MATCH) String ifNoneMatch) {
        NamedCredential found = credentials.get(caller.sandbox(), name);
        String tag = found.stored().tag();
        return Tags.isKnown(ifNoneMatch, tag) ? Response.notModified(tag).build() : answer(Response.ok(), found);
    }

    @PUT
    @Path("/{name}")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Replace a credential; a secret sent back as it was read stays as it is")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(type = SchemaType.OBJECT),
                            example = EXAMPLE))
    @APIResponse(responseCode = "200", description = "The new state")
    @APIResponse(responseCode = "404", description = "There is no such credential in this sandbox")
    @APIResponse(responseCode = "409", description = "A secret that is kept would be shown to another host")
    @APIResponse(responseCode = "412", description = "If-Match names an older state")
    @APIResponse(responseCode = "422", description = "Every fault of the document, each with its pointer")
    public Response replace(
            @PathParam("name") String name, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch, byte[] body) {
        NamedCredential replaced = credentials.replace(
                caller.sandbox(), name, StrictJson.read(body), caller.keyId(), Tags.ifMatch(ifMatch));
        listener.credentialChanged();
        return answer(Response.ok(), replaced);
    }

    @DELETE
    @Path("/{name}")
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(summary = "Remove a credential and its secrets")
    @APIResponse(responseCode = "204", description = "Removed")
    @APIResponse(responseCode = "404", description = "There is no such credential in this sandbox")
    @APIResponse(responseCode = "409", description = "Actions use it")
    @APIResponse(responseCode = "412", description = "If-Match names an older state")
    public void delete(@PathParam("name") String name, @HeaderParam(HttpHeaders.IF_MATCH) String ifMatch) {
        credentials.delete(caller.sandbox(), name, Tags.ifMatch(ifMatch));
        listener.credentialChanged();
    }

    private static Response answer(Response.ResponseBuilder builder, NamedCredential credential) {
        ObjectNode json = stamped(
                SecretMembers.shown(credential.stored().json(), credential.secretsSetAt()), credential.stored());
        ArrayNode warnings = json.putArray("warnings");
        credential
                .warnings()
                .forEach(warning -> warnings.addObject()
                        .put("pointer", warning.pointer().toString())
                        .put("code", warning.code().code())
                        .put("message", warning.message()));
        return builder.tag(credential.stored().tag()).entity(json).build();
    }

    /** What a list shows: nothing about secrets, not even when they were set. */
    private static ObjectNode summary(StoredCredential stored) {
        JsonNode document = stored.json();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("name", stored.name());
        json.set("hosts", document.path("hosts"));
        json.putObject("authentication").set("type", document.at("/authentication/type"));
        return stamped(json, stored);
    }

    private static ObjectNode stamped(ObjectNode json, StoredCredential stored) {
        json.put("createdAt", Times.text(stored.createdAt()));
        json.put("createdBy", stored.createdBy());
        json.put("updatedAt", Times.text(stored.updatedAt()));
        return json;
    }
}
