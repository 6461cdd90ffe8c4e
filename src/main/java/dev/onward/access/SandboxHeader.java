package dev.onward.access;

import dev.onward.sandbox.Sandbox;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

/** Adds the header that selects the sandbox to the published API description, and what a wrong one is answered. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public final class SandboxHeader implements OASFilter {

    private static final String BASE = "/api/v1/";
    private static final String REFUSED = "422";

    /** What is the same in every sandbox; it does not look at the header. */
    private static final Pattern EVERYWHERE = Pattern.compile(
            "\\w+ /api/v1/(keys|expressions)(/.*)?|GET /api/v1/catalog(/.*)?|POST /api/v1/actions/infer");

    @Override
    public void filterOpenAPI(OpenAPI description) {
        description.getPaths().getPathItems().forEach((path, item) -> {
            if (path.startsWith(BASE)) {
                item.getOperations().entrySet().stream()
                        .filter(each -> isInSandbox(each, path))
                        .map(Map.Entry::getValue)
                        .forEach(SandboxHeader::addTo);
            }
        });
    }

    private static boolean isInSandbox(Map.Entry<HttpMethod, Operation> operation, String path) {
        return !EVERYWHERE.matcher(operation.getKey() + " " + path).matches();
    }

    private static void addTo(Operation operation) {
        operation.addParameter(OASFactory.createParameter()
                .name(Caller.SANDBOX_HEADER)
                .in(Parameter.In.HEADER)
                .description("The sandbox to work in")
                .schema(OASFactory.createSchema()
                        .type(List.of(SchemaType.STRING))
                        .pattern(Sandbox.NAME.pattern())
                        .defaultValue(Sandbox.DEFAULT.name())));
        if (!operation.getResponses().hasAPIResponse(REFUSED)) {
            operation
                    .getResponses()
                    .addAPIResponse(
                            REFUSED,
                            OASFactory.createAPIResponse()
                                    .description("validation-failed: a parameter or the sandbox's name is wrong"));
        }
    }
}
