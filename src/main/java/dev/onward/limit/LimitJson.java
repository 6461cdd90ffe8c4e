package dev.onward.limit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.limit.LimitConfig.Stamp;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.Times;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The envelopes of the model system, member for member. */
final class LimitJson {

    private static final String FORMAT = "1.0";
    private static final String ORGANISATION = "onward";

    private LimitJson() {}

    /** The answer of {@code POST}. */
    static ObjectNode created(LimitConfig config) {
        return changed("createdElement", "created", config);
    }

    /** The answer of {@code PUT}. */
    static ObjectNode updated(LimitConfig config) {
        return changed("updatedElement", "updated", config);
    }

    private static ObjectNode changed(String member, String status, LimitConfig config) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set(member, element(config));
        json.put("uid", config.uid().toString());
        json.put("uri", "/voyager/apis/" + config.kind().route() + "/" + config.uid());
        json.put("resStatus", status);
        json.set("canDeploy", canDeploy(LimitConfigs.check(config.kind(), config.json())));
        return json;
    }

    /** The answer of {@code GET}. */
    static ObjectNode result(LimitConfig config) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.set("result", element(config));
        return json;
    }

    /** The answer of a list. */
    static ObjectNode results(List<LimitConfig> configs) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode all = json.putArray("results");
        configs.forEach(config -> all.add(element(config)));
        return json;
    }

    /** What is wrong, or that nothing is. */
    static ObjectNode canDeploy(LimitCheck check) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("validationStatus", check.isSound() ? "ok" : "error");
        if (!check.isSound()) {
            int count = check.errors().size();
            json.put(
                    "reason",
                    count == 1
                            ? "1 error is currently blocking the publication"
                            : count + " errors are currently blocking the publication");
            ArrayNode errors = json.putArray("errors");
            check.errors()
                    .forEach(error -> errors.addObject()
                            .put("errorCode", error.code().code())
                            .put("error", error.message()));
        }
        if (!check.warnings().isEmpty()) {
            ArrayNode warnings = json.putArray("warnings");
            check.warnings()
                    .forEach(warning -> warnings.addObject()
                            .put("warningCode", warning.code().code())
                            .put("warning", warning.message())
                            .putObject("scope")
                            .put("endpointConfigService", warning.service())
                            .put("endpointConfigUrl", warning.url()));
        }
        return json;
    }

    /** The body of a refusal. */
    static ObjectNode error(LimitException refusal, String requestId) {
        ObjectNode json = error(refusal.status(), refusal.code(), "INPUT_OUTPUT_ERROR", refusal.getMessage());
        json.put("requestId", requestId);
        refusal.check().ifPresent(check -> json.set("canDeploy", check));
        return json;
    }

    /** The body of an answer that says that the database cannot do it now. */
    static ObjectNode unavailable(LimitKind kind, LimitOperation operation, int status, String requestId) {
        ObjectNode json = error(status, operation.code(kind), "INTERNAL_ERROR", operation.message(kind));
        json.put("requestId", requestId);
        return json;
    }

    private static ObjectNode error(int status, String code, String family, @Nullable String message) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("status", status);
        json.putObject("error")
                .put("code", code)
                .put("family", family)
                .put("message", String.valueOf(message))
                .put("service", ORGANISATION)
                .put("version", FORMAT)
                .putNull("context")
                .putNull("schema");
        return json;
    }

    private static ObjectNode element(LimitConfig config) {
        ObjectNode json = config.json().deepCopy();
        place(json, config);
        json.put("state", config.state());
        json.put("hasBeenDeployed", config.isDeployed());
        json.put("authoringFormatVersion", FORMAT);
        json.set("metadata", metadata(config));
        config.deployed().ifPresent(text -> {
            ObjectNode snapshot = LimitConfig.parsed(text).deepCopy();
            place(snapshot, config);
            json.set("deployedConfig", snapshot);
            json.put("version", FORMAT);
        });
        return json;
    }

    private static void place(ObjectNode json, LimitConfig config) {
        String uid = config.uid().toString();
        String sandboxId = sandboxId(config.sandbox());
        json.put("_id", config.kind() == LimitKind.CAPPING ? uid : uid + "_" + sandboxId);
        json.put("uid", uid);
        if (!json.path("orgId").isTextual()) {
            json.put("orgId", ORGANISATION);
        }
        json.put("tenantId", ORGANISATION);
        json.put("sandboxName", config.sandbox().name());
        json.put("sandboxId", sandboxId);
    }

    private static JsonNode metadata(LimitConfig config) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        stamp(json, "created", config.created());
        stamp(json, "lastModified", config.modified());
        config.lastDeployed().ifPresent(stamp -> stamp(json, "lastDeployed", stamp));
        return json;
    }

    private static void stamp(ObjectNode json, String what, Stamp stamp) {
        json.put(what + "At", Times.text(stamp.at()));
        json.put(what + "By", stamp.by());
        json.put(what + "ById", stamp.by());
    }

    /** The same for every process and after every restart. */
    private static String sandboxId(Sandbox sandbox) {
        return UUID.nameUUIDFromBytes(sandbox.name().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
