package dev.onward.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.onward.testsupport.Api;
import dev.onward.value.StrictJson;
import io.quarkus.arc.Arc;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The published API description tells of every route, and of each operation what it takes and answers. */
@QuarkusTest
class ApiDescriptionHttpTest {

    private static final String BASE = "/api/v1/";
    private static final Set<String> METHODS = Set.of("GET", "PUT", "POST", "DELETE", "PATCH");

    /** What is the same in every sandbox. */
    private static final Set<String> EVERYWHERE = Set.of(
            "POST /api/v1/keys",
            "GET /api/v1/keys",
            "GET /api/v1/keys/{id}",
            "DELETE /api/v1/keys/{id}",
            "GET /api/v1/catalog",
            "GET /api/v1/catalog/{id}",
            "POST /api/v1/expressions/evaluate",
            "POST /api/v1/expressions/check",
            "GET /api/v1/expressions/functions",
            "POST /api/v1/actions/infer");

    /** What is answered alike for names that nobody has heard of. */
    private static final Set<String> NEVER_MISSING = Set.of(
            "DELETE /api/v1/profiles/{profileId}",
            "POST /api/v1/hosts/{host}/pause",
            "POST /api/v1/hosts/{host}/resume");

    @Inject
    Serving serving;

    private final Map<String, JsonNode> operations = new TreeMap<>();

    @BeforeEach
    void readTheDescription() {
        byte[] description = RestAssured.given()
                .header("Authorization", "Bearer " + Api.ADMIN_KEY)
                .get("/q/openapi?format=json")
                .asByteArray();
        StrictJson.read(description)
                .get("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(member -> METHODS.contains(member.getKey().toUpperCase(Locale.ROOT)))
                        .filter(member -> path.getKey().startsWith(BASE))
                        .forEach(member -> operations.put(
                                member.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), member.getValue())));
    }

    @Test
    void every_route_is_described() {
        Set<String> routes = new TreeSet<>(serving.vertxRoutes());
        assertThat(routes).contains("POST /api/v1/actions/{name}/invocations");
        routes.addAll(restRoutes());
        assertThat(operations.keySet()).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void every_operation_tells_how_it_succeeds() {
        assertThat(thatLack((name, operation) -> statuses(operation).anyMatch(status -> status.startsWith("2"))))
                .isEmpty();
    }

    @Test
    void what_names_one_thing_tells_that_it_may_not_be_there() {
        assertThat(thatLack((name, operation) -> !name.contains("{") || tells(operation, "404")))
                .isEqualTo(NEVER_MISSING);
    }

    @Test
    void every_operation_in_a_sandbox_takes_its_header() {
        assertThat(thatLack((name, operation) -> takes(operation, Caller.SANDBOX_HEADER)))
                .isEqualTo(EVERYWHERE);
    }

    @Test
    void what_takes_a_condition_tells_how_it_is_not_met() {
        assertThat(takes(operation("DELETE /api/v1/keys/{id}"), "If-Match")).isTrue();
        assertThat(thatLack((name, operation) -> !takes(operation, "If-Match") || tells(operation, "412")))
                .isEmpty();
        assertThat(thatLack((name, operation) -> !takes(operation, "If-None-Match") || tells(operation, "304")))
                .isEmpty();
    }

    @Test
    void what_takes_a_document_tells_of_malformed_ones_and_what_lists_of_wrong_cursors() {
        assertThat(thatLack((name, operation) -> !operation.has("requestBody") || tells(operation, "400")))
                .isEmpty();
        assertThat(thatLack((name, operation) -> !takes(operation, "cursor") || tells(operation, "400")))
                .isEmpty();
    }

    @Test
    void other_forms_of_an_answer_are_told() {
        assertThat(forms("GET /api/v1/step-events", "200"))
                .containsExactlyInAnyOrder("application/json", "application/x-ndjson");
        assertThat(forms("POST /api/v1/actions/{name}/calls", "202"))
                .containsExactlyInAnyOrder("application/json", "application/x-ndjson");
        assertThat(forms("GET /api/v1/journeys/{name}/export", "200"))
                .containsExactlyInAnyOrder("application/json", "application/yaml");
    }

    private JsonNode operation(String name) {
        return operations.getOrDefault(name, MissingNode.getInstance());
    }

    private Set<String> thatLack(BiPredicate<String, JsonNode> rule) {
        return operations.entrySet().stream()
                .filter(operation -> !rule.test(operation.getKey(), operation.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> statuses(JsonNode operation) {
        return operation.path("responses").properties().stream().map(Map.Entry::getKey);
    }

    private static boolean tells(JsonNode operation, String status) {
        return statuses(operation).anyMatch(status::equals);
    }

    private static boolean takes(JsonNode operation, String parameter) {
        return StreamSupport.stream(operation.path("parameters").spliterator(), false)
                .anyMatch(each -> each.path("name").asText().equals(parameter));
    }

    private Set<String> forms(String operation, String status) {
        return operation(operation).at("/responses/" + status + "/content").properties().stream()
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    /** Each method of each resource. */
    private static Set<String> restRoutes() {
        return Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE).stream()
                .flatMap(bean -> restRoutes(bean.getBeanClass()))
                .collect(Collectors.toSet());
    }

    private static Stream<String> restRoutes(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(Path.class)).stream()
                .flatMap(base -> Arrays.stream(type.getMethods()).flatMap(method -> restRoutes(base.value(), method)));
    }

    private static Stream<String> restRoutes(String base, Method method) {
        String below = Optional.ofNullable(method.getAnnotation(Path.class))
                .map(Path::value)
                .orElse("");
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .flatMap(verb -> Optional.ofNullable(verb.getAnnotation(HttpMethod.class)).stream())
                .map(verb -> verb.value() + " " + base + below);
    }

    /** The router that serves. */
    @Singleton
    static final class Serving {

        private Optional<Router> router = Optional.empty();

        void keep(@Observes Router starting) {
            router = Optional.of(starting);
        }

        Set<String> vertxRoutes() {
            return router.orElseThrow().getRoutes().stream()
                    .filter(route -> route.methods() != null && route.getPath() != null)
                    .filter(route -> route.getPath().startsWith(BASE))
                    .flatMap(Serving::named)
                    .collect(Collectors.toSet());
        }

        private static Stream<String> named(Route route) {
            String path = route.getPath().replaceAll(":(\\w+)", "{$1}");
            return route.methods().stream().map(method -> method + " " + path);
        }
    }
}
