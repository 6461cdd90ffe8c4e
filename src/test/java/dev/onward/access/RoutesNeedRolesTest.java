package dev.onward.access;

import static dev.onward.testsupport.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.testsupport.Api;
import dev.onward.value.StrictJson;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.Method;
import io.restassured.response.Response;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Walks the published API description: no route is open, and each knows its roles. */
@QuarkusTest
class RoutesNeedRolesTest {

    private static final String BASE = "/api/v1";
    private static final Set<String> OPERATIONS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private static final Set<Role> READERS = Set.of(Role.VIEWER, Role.AUTHOR, Role.ADMIN);
    private static final Set<Role> WRITERS = Set.of(Role.AUTHOR, Role.ADMIN);
    private static final Set<Role> INVOKERS = Set.of(Role.INVOKER, Role.AUTHOR, Role.ADMIN);
    private static final Set<Role> EVERYBODY = Set.of(Role.values());
    private static final Set<Role> ADMINS = Set.of(Role.ADMIN);

    /** Who may do what; a route that is missing here is a route that nobody thought about. */
    private static final Map<String, Set<Role>> ALLOWED = Map.ofEntries(
            Map.entry("POST /actions", WRITERS),
            Map.entry("GET /actions", READERS),
            Map.entry("GET /actions/{name}", READERS),
            Map.entry("PUT /actions/{name}", WRITERS),
            Map.entry("DELETE /actions/{name}", WRITERS),
            Map.entry("GET /actions/{name}/versions", READERS),
            Map.entry("GET /actions/{name}/versions/{version}", READERS),
            Map.entry("POST /actions/{name}/versions/{version}/restore", WRITERS),
            Map.entry("POST /actions/infer", WRITERS),
            Map.entry("POST /actions/{name}/render", INVOKERS),
            Map.entry("POST /actions/{name}/invoke", INVOKERS),
            Map.entry("POST /actions/{name}/invocations", INVOKERS),
            Map.entry("POST /actions/{name}/calls", INVOKERS),
            Map.entry("DELETE /calls/{callId}", INVOKERS),
            Map.entry("POST /events", INVOKERS),
            Map.entry("GET /events/set-aside", READERS),
            Map.entry("POST /events/set-aside/retry", ADMINS),
            Map.entry("DELETE /events/set-aside/{eventId}", ADMINS),
            Map.entry("POST /events/definitions", WRITERS),
            Map.entry("GET /events/definitions", READERS),
            Map.entry("GET /events/definitions/{name}", READERS),
            Map.entry("PUT /events/definitions/{name}", WRITERS),
            Map.entry("DELETE /events/definitions/{name}", WRITERS),
            Map.entry("POST /journeys", WRITERS),
            Map.entry("GET /journeys", READERS),
            Map.entry("GET /journeys/{name}", READERS),
            Map.entry("PUT /journeys/{name}", WRITERS),
            Map.entry("DELETE /journeys/{name}", WRITERS),
            Map.entry("POST /journeys/{name}/publish", WRITERS),
            Map.entry("POST /journeys/{name}/stop", WRITERS),
            Map.entry("POST /journeys/{name}/pause", WRITERS),
            Map.entry("POST /journeys/{name}/resume", WRITERS),
            Map.entry("POST /journeys/{name}/test", WRITERS),
            Map.entry("POST /journeys/{name}/audience", INVOKERS),
            Map.entry("GET /journeys/{name}/versions", READERS),
            Map.entry("GET /journeys/{name}/versions/{version}", READERS),
            Map.entry("GET /journeys/{name}/export", WRITERS),
            Map.entry("POST /import", WRITERS),
            Map.entry("GET /runs", EVERYBODY),
            Map.entry("GET /runs/{id}", EVERYBODY),
            Map.entry("POST /runs/{id}/pause", INVOKERS),
            Map.entry("POST /runs/{id}/resume", INVOKERS),
            Map.entry("POST /runs/{id}/cancel", INVOKERS),
            Map.entry("GET /instances", READERS),
            Map.entry("GET /instances/{id}", READERS),
            Map.entry("GET /step-events", READERS),
            Map.entry("GET /reports/actions", READERS),
            Map.entry("GET /governance", READERS),
            Map.entry("PUT /governance", ADMINS),
            Map.entry("POST /actions/{name}/pause", WRITERS),
            Map.entry("POST /actions/{name}/resume", WRITERS),
            Map.entry("POST /hosts/{host}/pause", WRITERS),
            Map.entry("POST /hosts/{host}/resume", WRITERS),
            Map.entry("GET /pauses", READERS),
            Map.entry("POST /logs/{callId}/replay", INVOKERS),
            Map.entry("POST /logs/replay", WRITERS),
            Map.entry("POST /actions/{name}/test", WRITERS),
            Map.entry("POST /actions/{name}/check-authentication", WRITERS),
            Map.entry("POST /credentials", WRITERS),
            Map.entry("GET /credentials", READERS),
            Map.entry("GET /credentials/{name}", READERS),
            Map.entry("PUT /credentials/{name}", WRITERS),
            Map.entry("DELETE /credentials/{name}", WRITERS),
            Map.entry("POST /endpointConfigs", WRITERS),
            Map.entry("GET /endpointConfigs/{uid}", READERS),
            Map.entry("PUT /endpointConfigs/{uid}", WRITERS),
            Map.entry("DELETE /endpointConfigs/{uid}", WRITERS),
            Map.entry("GET /endpointConfigs/{uid}/canDeploy", READERS),
            Map.entry("POST /endpointConfigs/{uid}/canDeploy", READERS),
            Map.entry("POST /endpointConfigs/{uid}/deploy", WRITERS),
            Map.entry("POST /endpointConfigs/{uid}/undeploy", WRITERS),
            Map.entry("POST /list/endpointConfigs", READERS),
            Map.entry("POST /throttlingConfigs", WRITERS),
            Map.entry("GET /throttlingConfigs/{uid}", READERS),
            Map.entry("PUT /throttlingConfigs/{uid}", WRITERS),
            Map.entry("DELETE /throttlingConfigs/{uid}", WRITERS),
            Map.entry("GET /throttlingConfigs/{uid}/canDeploy", READERS),
            Map.entry("POST /throttlingConfigs/{uid}/canDeploy", READERS),
            Map.entry("POST /throttlingConfigs/{uid}/deploy", WRITERS),
            Map.entry("POST /throttlingConfigs/{uid}/undeploy", WRITERS),
            Map.entry("POST /list/throttlingConfigs", READERS),
            Map.entry("GET /limits", READERS),
            Map.entry("GET /catalog", READERS),
            Map.entry("GET /catalog/{id}", READERS),
            Map.entry("POST /catalog/{id}/install", WRITERS),
            Map.entry("POST /keys", ADMINS),
            Map.entry("GET /keys", ADMINS),
            Map.entry("GET /keys/{id}", ADMINS),
            Map.entry("DELETE /keys/{id}", ADMINS),
            Map.entry("POST /expressions/evaluate", EVERYBODY),
            Map.entry("POST /expressions/check", EVERYBODY),
            Map.entry("GET /expressions/functions", EVERYBODY),
            Map.entry("GET /logs", EVERYBODY),
            Map.entry("GET /logs/{callId}", EVERYBODY),
            Map.entry("DELETE /profiles/{profileId}", ADMINS));

    private final Api api = Api.fresh();
    private final Map<Role, Api> holders = new EnumMap<>(Role.class);
    private final List<Route> routes = new ArrayList<>();

    @BeforeEach
    void readTheDescription() {
        for (Role role : Role.values()) {
            holders.put(role, api.as(api.newKey(role.wireName(), "*")));
        }
        byte[] description = RestAssured.given()
                .header("Authorization", "Bearer " + Api.ADMIN_KEY)
                .get("/q/openapi?format=json")
                .asByteArray();
        for (Map.Entry<String, JsonNode> path :
                StrictJson.read(description).get("paths").properties()) {
            path.getValue().fieldNames().forEachRemaining(operation -> {
                if (OPERATIONS.contains(operation) && path.getKey().startsWith(BASE)) {
                    String relative = path.getKey().substring(BASE.length());
                    routes.add(new Route(Method.valueOf(operation.toUpperCase(Locale.ROOT)), relative));
                }
            });
        }
    }

    @Test
    void every_published_route_is_one_that_was_thought_about() {
        assertThat(routes).isNotEmpty().allSatisfy(route -> assertThat(ALLOWED).containsKey(route.toString()));
    }

    @Test
    void without_a_key_every_route_is_401() {
        for (Route route : routes) {
            Response refused = route.send(Api.anonymous());
            assertThat(refused.statusCode()).as(route.toString()).isEqualTo(401);
            assertProblem(refused, 401, "unauthenticated");
        }
    }

    @Test
    void a_role_that_may_not_is_403() {
        for (Route route : routes) {
            holders.forEach((role, holder) -> {
                if (!route.allowed().contains(role)) {
                    Response refused = route.send(holder);
                    assertThat(refused.statusCode()).as("%s as %s", route, role).isEqualTo(403);
                    assertProblem(refused, 403, "forbidden");
                }
            });
        }
    }

    @Test
    void a_role_that_may_gets_through() {
        Map<String, Integer> refused = new HashMap<>();
        for (Route route : routes) {
            holders.forEach((role, holder) -> {
                int status = route.send(holder).statusCode();
                if (route.allowed().contains(role) && (status == 401 || status == 403 || status >= 500)) {
                    refused.put(route + " as " + role, status);
                }
            });
        }
        assertThat(refused).isEmpty();
    }

    @Test
    void metrics_and_the_description_need_any_key_and_health_needs_none() {
        for (String path : List.of("/q/metrics", "/q/openapi", "/q/openapi?format=json")) {
            assertThat(RestAssured.get(path).statusCode()).as(path).isEqualTo(401);
            assertThat(RestAssured.given()
                            .header("Authorization", "Bearer " + api.newKey("viewer", "prod"))
                            .get(path)
                            .statusCode())
                    .as(path)
                    .isEqualTo(200);
        }
        for (String path : List.of("/q/health", "/q/health/live", "/q/health/ready")) {
            assertThat(RestAssured.get(path).statusCode()).as(path).isEqualTo(200);
        }
    }

    /**
     * One operation of the description.
     *
     * @param path below the base path, with its placeholders
     */
    private record Route(Method method, String path) {

        Set<Role> allowed() {
            return ALLOWED.getOrDefault(toString(), Set.of());
        }

        /** Sends a request that has no effect: nothing is called so, and the document is empty. */
        Response send(Api api) {
            String concrete = path.replaceAll("\\{[^}]*}", "nobody");
            return switch (method) {
                case POST -> api.post(concrete, "{}");
                case PUT -> api.put(concrete, "{}");
                default -> api.send(method, concrete);
            };
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }
}
