package dev.onward;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The house: which package may use which. Adding an arrow here is a decision. */
class ArchitectureTest {

    private static final String ROOT = "dev.onward";

    /** Package to the packages that it may use. The root package puts the application together: nobody uses it. */
    private static final Map<String, Set<String>> ARROWS = Map.ofEntries(
            Map.entry("value", Set.of()),
            Map.entry("sandbox", Set.of()),
            Map.entry("database", Set.of()),
            Map.entry("secret", Set.of("sandbox", "database")),
            Map.entry("template", Set.of("value")),
            Map.entry("egress", Set.of("value")),
            Map.entry("expression", Set.of("value")),
            Map.entry("call", Set.of("value", "egress", "secret", "sandbox")),
            Map.entry("credential", Set.of("value", "egress", "call", "secret", "sandbox", "database")),
            Map.entry(
                    "action",
                    Set.of("template", "value", "egress", "call", "credential", "secret", "sandbox", "database")),
            Map.entry(
                    "invocation",
                    Set.of("action", "template", "value", "egress", "call", "secret", "sandbox", "database")),
            Map.entry("catalog", Set.of("action", "limit", "value", "sandbox")),
            Map.entry("limit", Set.of("call", "value", "egress", "sandbox", "database")),
            Map.entry("calllog", Set.of("call", "value", "sandbox", "database")),
            Map.entry("dispatch", Set.of("invocation", "action", "call", "calllog", "sandbox", "database", "value")),
            Map.entry(
                    "journey",
                    Set.of("dispatch", "invocation", "action", "call", "expression", "value", "sandbox", "database")),
            Map.entry("transfer", Set.of("action", "database", "journey", "credential", "value", "sandbox")),
            Map.entry("demonstration", Set.of("action", "sandbox", "value")),
            Map.entry("access", Set.of("value", "sandbox", "database", "listener")),
            Map.entry("listener", Set.of()),
            Map.entry(
                    "problem",
                    Set.of(
                            "access",
                            "action",
                            "calllog",
                            "catalog",
                            "credential",
                            "database",
                            "dispatch",
                            "expression",
                            "invocation",
                            "journey",
                            "listener",
                            "template",
                            "value")));

    /** The packages of the house. */
    static final Set<String> ROOMS = ARROWS.keySet();

    private static final Set<String> WITHOUT_FRAMEWORK = Set.of("value", "expression", "template", "egress", "call");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    @Test
    void every_package_uses_only_what_the_house_allows() {
        Set<String> broken = new TreeSet<>();
        for (JavaClass user : CLASSES) {
            for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
                JavaClass used = dependency.getTargetClass();
                if (used.getPackageName().startsWith(ROOT) && !isAllowed(user, used)) {
                    broken.add(user.getName() + " uses " + used.getName());
                }
            }
        }
        assertThat(broken).isEmpty();
    }

    @Test
    void every_package_is_in_the_house() {
        Set<String> rooms = new TreeSet<>();
        CLASSES.forEach(each -> rooms.add(room(each)));
        rooms.remove("");
        assertThat(rooms).isEqualTo(new TreeSet<>(ARROWS.keySet()));
    }

    @Test
    void the_inner_packages_know_no_framework() {
        for (String room : WITHOUT_FRAMEWORK) {
            noClasses()
                    .that()
                    .resideInAPackage(ROOT + "." + room + "..")
                    .and()
                    .haveSimpleNameNotEndingWith("Resource")
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("io.quarkus..", "jakarta..", "org.jboss..", "org.jdbi..")
                    .check(CLASSES);
        }
    }

    @Test
    void only_resources_and_the_problem_table_know_jax_rs() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Resource")
                .and()
                .resideOutsideOfPackage(ROOT + ".problem..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("jakarta.ws.rs..")
                .check(CLASSES);
    }

    @Test
    void only_the_transport_knows_vertx_below_the_pipeline() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        ROOT + ".call",
                        ROOT + ".call.guard",
                        ROOT + ".call.retry",
                        ROOT + ".egress..",
                        ROOT + ".template..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.vertx..")
                .check(CLASSES);
    }

    @Test
    void every_package_says_what_it_does_and_is_null_marked() {
        for (String name : packages()) {
            assertThat(CLASSES.getPackage(name).isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                    .as(name)
                    .isTrue();
        }
    }

    @Test
    void no_class_has_a_name_that_says_nothing() {
        List<String> bad = List.of("Manager", "Helper", "Util", "Utils", "Impl");
        noClasses()
                .should()
                .haveSimpleNameStartingWith("Abstract")
                .orShould()
                .haveNameMatching(".*(" + String.join("|", bad) + ")$")
                .check(CLASSES);
    }

    private static boolean isAllowed(JavaClass user, JavaClass used) {
        String from = room(user);
        String to = room(used);
        boolean callerOfRequest = user.getSimpleName().endsWith("Resource") && to.equals("access");
        return from.equals(to)
                || from.isEmpty()
                || callerOfRequest
                || ARROWS.getOrDefault(from, Set.of()).contains(to);
    }

    /** The first package below the root; empty for the root itself. */
    private static String room(JavaClass each) {
        String rest = each.getPackageName().substring(ROOT.length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.", -1)[0];
    }

    private static Set<String> packages() {
        Set<String> names = new TreeSet<>();
        CLASSES.forEach(each -> names.add(each.getPackageName()));
        return names;
    }
}
