package dev.onward.limit;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.sandbox.Sandbox;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code /api/v1/limits}: what is in force, and how far it is used. */
@Path("/api/v1/limits")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Limits")
@APIResponse(responseCode = "429", description = "This API key asks too often; see Retry-After")
public class LimitsResource {

    private final Limits limits;
    private final LimitStore store;
    private final Caller caller;

    LimitsResource(Limits limits, LimitStore store, Caller caller) {
        this.limits = limits;
        this.store = store;
        this.caller = caller;
    }

    @GET
    @RolesAllowed({Role.Names.VIEWER, Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            summary = "Show each deployed limit with its use, queue depth and oldest age, as this process counts them")
    @APIResponse(responseCode = "200", description = "cappings, throttlings, and hosts under the default cap")
    public ObjectNode get() {
        Sandbox sandbox = caller.sandbox();
        SandboxLimits used = limits.of(sandbox).join();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ArrayNode cappings = json.putArray("cappings");
        ArrayNode throttlings = json.putArray("throttlings");
        List<LimitConfig> deployed = store.deployed(sandbox).deployed();
        for (LimitConfig config : deployed) {
            used.cap(config.uid()).ifPresent(cap -> capping(cappings.addObject(), config, cap, used));
            used.throttle(config.uid()).ifPresent(throttle -> throttling(throttlings.addObject(), config, throttle));
        }
        ObjectNode hosts = json.putObject("hosts");
        hosts.put("maxCallsCount", SandboxLimits.DEFAULT.most());
        hosts.put("periodInMs", SandboxLimits.DEFAULT.periodMillis());
        ObjectNode inUse = hosts.putObject("used");
        new TreeMap<>(used.hostsInUse()).forEach(inUse::put);
        return json;
    }

    private static void capping(ObjectNode json, LimitConfig config, Cap cap, SandboxLimits used) {
        json.put("uid", config.uid().toString());
        json.set("url", LimitConfig.parsed(config.deployed().orElseThrow()).path("url"));
        json.put("maxCallsCount", cap.rate().most());
        json.put("periodInMs", cap.rate().periodMillis());
        json.put("used", used.used(cap));
        cap.share().ifPresent(share -> json.put("share", share.limit()));
        cap.maxConnections().ifPresent(most -> {
            json.put("maxHttpConnections", most);
            json.put("connections", cap.places().taken());
            json.put("queued", cap.places().waiting());
        });
    }

    private static void throttling(ObjectNode json, LimitConfig config, Throttle throttle) {
        json.put("uid", config.uid().toString());
        json.set(
                "urlPattern",
                LimitConfig.parsed(config.deployed().orElseThrow()).path("urlPattern"));
        json.put("maxThroughput", throttle.rate());
        json.put("used", throttle.used());
        json.put("queued", throttle.waiting());
        json.put("oldestAgeMs", Duration.ofNanos(throttle.oldestAge()).toMillis());
    }
}
