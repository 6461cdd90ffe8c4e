package dev.onward.journey.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.onward.access.Caller;
import dev.onward.access.Role;
import dev.onward.action.Actions;
import dev.onward.expression.evaluation.Scope;
import dev.onward.expression.issue.ExpressionException;
import dev.onward.invocation.Trials;
import dev.onward.journey.instance.Instance;
import dev.onward.journey.instance.Instance.JourneyVersion;
import dev.onward.journey.instance.InstanceData;
import dev.onward.journey.mapping.Route;
import dev.onward.journey.mapping.RouteCatalogue;
import dev.onward.journey.mapping.RouteCatalogue.Known;
import dev.onward.journey.mapping.Stop;
import dev.onward.journey.rehearsal.RehearsalRequest.Mode;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.StrictJson;
import io.smallrye.common.annotation.Blocking;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** {@code POST /api/v1/journeys/{name}/test}: the latest version, live or not, for one made-up profile. */
@Path("/api/v1/journeys")
@Produces(MediaType.APPLICATION_JSON)
@Blocking
@Tag(name = "Journeys", description = "Define and publish journeys.")
public class RehearsalResource {

    private static final String EXAMPLE = """
            { "mode": "dry",
              "event": { "profileId": "p-1", "payload": { "orderId": "A-7", "total": 42.5 },
                         "profile": { "mobilePhone": { "number": "+33600000000" } } },
              "mocks": { "notify": { "status": 202, "body": { "accepted": true } } } }""";

    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private final RouteCatalogue routes;
    private final Actions actions;
    private final Trials trials;
    private final Caller caller;
    private final Clock clock;

    RehearsalResource(RouteCatalogue routes, Actions actions, Trials trials, Caller caller, Clock clock) {
        this.routes = routes;
        this.actions = actions;
        this.trials = trials;
        this.caller = caller;
        this.clock = clock;
    }

    @POST
    @Path("/{name}/test")
    @Consumes(MediaType.APPLICATION_JSON)
    @RolesAllowed({Role.Names.AUTHOR, Role.Names.ADMIN})
    @Operation(
            operationId = "testJourney",
            summary = "Try the latest version for one profile, and see everything",
            description = "mode dry calls nobody: a step's answer is its mock, else the response sample of its action."
                    + " mode real calls the providers, and the calls are in the log. Waits take no time.")
    @RequestBody(content = @Content(schema = @Schema(type = SchemaType.OBJECT), example = EXAMPLE))
    @APIResponse(
            responseCode = "200",
            description =
                    "currentstep, transitionHistory, actionExecutionErrors, actionsHistory, enrichedData; and requests:"
                            + " each step's rendered request, and of real calls every attempt")
    @APIResponse(responseCode = "404", description = "There is no such journey in this sandbox")
    @APIResponse(responseCode = "422", description = "The request has faults, or the journey cannot be published")
    public JsonNode test(@PathParam("name") String name, byte[] body) {
        Sandbox sandbox = caller.sandbox();
        Known known = routes.draft(sandbox, name);
        Set<String> steps = known.route().stops().stream()
                .flatMap(stop -> stop.act().stream())
                .map(Stop.Act::id)
                .collect(Collectors.toSet());
        RehearsalRequest request = RehearsalRequest.read(StrictJson.read(body), steps);
        ObjectNode answer = JsonNodeFactory.instance
                .objectNode()
                .put("journey", name)
                .put("journeyVersion", known.journey().version())
                .put("mode", request.mode().wireName());
        Optional<String> profileId;
        try {
            profileId = arriving(known.route(), request.event(), answer);
        } catch (ExpressionException noValue) {
            return answer.put("entered", false)
                    .put("reason", "expression-failed")
                    .put("message", noValue.getMessage());
        }
        if (profileId.isEmpty()) {
            return answer.put("entered", false);
        }
        Answering answering =
                request.mode() == Mode.DRY ? new Mocked(request.mocks()) : new Called(trials, name, caller.keyId());
        Rehearsal rehearsal = new Rehearsal(known, actions, trials, answering, clock);
        return answer.put("entered", true).setAll(rehearsal.run(instance(known, profileId.get(), request)));
    }

    /** Who comes in; when nobody does the answer gets the reason. */
    private Optional<String> arriving(Route route, RehearsalRequest.Event event, ObjectNode answer) {
        ObjectNode nothing = JsonNodeFactory.instance.objectNode();
        Scope scope = route.scope(event.payload(), event.profile(), nothing, nothing, clock.instant());
        if (!route.admits(scope, RANDOM)) {
            answer.put("reason", "condition-false");
            return Optional.empty();
        }
        Optional<String> profileId = route.profileId(event.profileId(), scope, RANDOM);
        if (profileId.isEmpty()) {
            answer.put("reason", "no-profile-id");
        }
        return profileId;
    }

    private Instance instance(Known known, String profileId, RehearsalRequest request) {
        JourneyVersion version = new JourneyVersion(
                known.journey().id(), known.journey().name(), known.journey().version());
        return new Instance(
                UUID.randomUUID(),
                known.journey().sandbox(),
                version,
                profileId,
                clock.instant(),
                Optional.empty(),
                0,
                InstanceData.of(request.event().payload(), request.event().profile()));
    }
}
