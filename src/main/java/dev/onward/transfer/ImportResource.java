package dev.onward.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.transfer.Imports.Importer;
import dev.onward.transfer.Imports.Item;
import dev.onward.value.StrictJson;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** {@code /api/v1/import}: takes exported documents in. */
@Path("/api/v1/import")
@Blocking
@Tag(name = "Transfer", description = "Definitions as documents that can live in git. Roles: author, admin.")
public class ImportResource {

    private final Imports imports;
    private final Caller caller;

    ImportResource(Imports imports, Caller caller) {
        this.imports = imports;
        this.caller = caller;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, Yaml.MEDIA_TYPE, "application/x-yaml", "text/yaml"})
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            operationId = "importBundle",
            summary = "Take an exported document in; the same one again changes nothing",
            description =
                    "Everything is checked first. A placeholder stands for the secret in \"secrets\": {\"<action>\":"
                            + " {\"/authentication/password\": \"…\"}}, else for the one that is stored. Journeys come in as"
                            + " drafts, with warnings of what keeps them from being published.")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT)))
    @APIResponse(
            responseCode = "200",
            description = "applied and items: of each definition whether it was created, updated or unchanged; with"
                    + " dryRun=true nothing is stored and faults are in the items")
    @APIResponse(
            responseCode = "422",
            description = "Every fault, with its pointer into the document; nothing was stored")
    public JsonNode take(
            @QueryParam("dryRun") boolean dryRun,
            @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            byte[] body) {
        boolean isYaml = contentType != null && contentType.contains("yaml");
        Bundle bundle = Bundle.read(isYaml ? Yaml.read(body) : StrictJson.read(body));
        List<Item> items = imports.check(caller.sandbox(), bundle);
        if (!dryRun) {
            imports.apply(new Importer(caller.sandbox(), caller.keyId()), items);
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("applied", !dryRun);
        var array = json.putArray("items");
        items.forEach(item -> array.add(item.json()));
        return json;
    }
}
