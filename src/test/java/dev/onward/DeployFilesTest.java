package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files in {@code deploy} fit the application and each other. */
class DeployFilesTest {

    static final Path EXAMPLE = Path.of("deploy", "onward.env.example");

    private static final Set<String> SECRETS =
            Set.of("ONWARD_ADMIN_KEY", "ONWARD_DATABASE_PASSWORD", "ONWARD_SECRET_KEYS");

    /** How long calls under way (30 s) and the log (25 s) may take to end. */
    private static final int LONGEST_DRAIN_SECONDS = 55;

    @Test
    void every_known_key_stands_in_the_example_and_no_other() throws IOException {
        Set<String> names = new TreeSet<>(example().keySet());
        names.removeIf(name -> name.startsWith("QUARKUS_"));

        assertThat(names)
                .isEqualTo(ConfigurationCheck.KNOWN.stream()
                        .map(DeployFilesTest::variable)
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void the_example_has_no_secret_and_every_value_explained() throws IOException {
        String text = Files.readString(EXAMPLE);

        assertThat(example()).allSatisfy((name, value) -> {
            assertThat(text).containsPattern("(?m)^#.+\n" + name + "=");
            assertThat(value.isEmpty() || !SECRETS.contains(name)).as(name).isTrue();
        });
    }

    @Test
    void the_compose_file_asks_for_every_secret_and_knows_only_variables_of_the_example() throws IOException {
        String text = Files.readString(Path.of("deploy", "compose.yaml"));

        assertThat(found("\\$\\{(\\w+):\\?[^}]+}", text)).isEqualTo(SECRETS);
        assertThat(found("\\$\\{(\\w+)", text))
                .allMatch(name -> SECRETS.contains(name) || name.equals("ONWARD_PUBLISHED_PORT"));
        assertThat(example().keySet())
                .containsAll(strings(member(service("onward"), "environment")).keySet());
    }

    @Test
    void the_services_have_few_rights_and_time_to_stop() throws IOException {
        for (String name : List.of("onward", "database")) {
            assertThat(service(name))
                    .as(name)
                    .containsEntry("read_only", true)
                    .containsEntry("cap_drop", List.of("ALL"))
                    .containsEntry("security_opt", List.of("no-new-privileges:true"));
        }
        assertThat(seconds(service("onward"), "stop_grace_period")).isGreaterThan(LONGEST_DRAIN_SECONDS);
        assertThat(strings(member(member(service("onward"), "depends_on"), "database")))
                .containsEntry("condition", "service_healthy");
        assertThat(service("database")).doesNotContainKey("ports");
        assertThat((List<?>) service("onward").get("ports"))
                .allSatisfy(port -> assertThat(port.toString()).startsWith("127.0.0.1:"));
    }

    @Test
    void the_unit_stops_onward_alone_and_leaves_it_time() throws IOException {
        Map<String, String> unit = unit();

        assertThat(unit)
                .containsEntry("KillMode", "mixed")
                .containsEntry("StateDirectory", "onward")
                .containsEntry("SuccessExitStatus", "143")
                .containsEntry("EnvironmentFile", "/etc/onward/onward.env")
                .containsEntry("WorkingDirectory", example().get("ONWARD_DATA_DIR"));
        assertThat(seconds(unit, "TimeoutStopSec")).isGreaterThan(LONGEST_DRAIN_SECONDS);
    }

    @Test
    void the_image_runs_java_itself_as_a_user_by_number() throws IOException {
        String text = Files.readString(Path.of("deploy", "Dockerfile"));

        assertThat(text)
                .containsPattern("(?m)^FROM \\S+:\\d[\\w.-]+$")
                .containsPattern("(?m)^USER \\d+:\\d+$")
                .containsPattern("(?m)^ENTRYPOINT \\[\"java\", .*\"/opt/onward/quarkus-run.jar\"]$")
                .contains("ONWARD_DATA_DIR=" + example().get("ONWARD_DATA_DIR"))
                .contains("VOLUME " + example().get("ONWARD_DATA_DIR"));
    }

    @Test
    void unit_and_image_start_java_with_the_same_options_in_a_variable_that_an_operator_can_set() throws IOException {
        String unit = Files.readString(Path.of("deploy", "onward.service"));
        String image = Files.readString(Path.of("deploy", "Dockerfile"));
        Set<String> options = found("(?m)^Environment=\"JDK_JAVA_OPTIONS=(.+)\"$", unit);

        assertThat(options).hasSize(1).isEqualTo(found("JDK_JAVA_OPTIONS=\"(.+)\"", image));
        assertThat(unit + image)
                .doesNotContainPattern("bin/java .*-XX:\\+Use")
                .doesNotContainPattern("ENTRYPOINT.*-XX:\\+Use");
    }

    /** The example's variables, by name. */
    static Map<String, String> example() throws IOException {
        return properties(EXAMPLE);
    }

    private static Map<String, String> unit() throws IOException {
        return properties(Path.of("deploy", "onward.service"));
    }

    /** Names and values of a file with lines of the form {@code NAME=value}; of a repeated name the last one. */
    private static Map<String, String> properties(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(file)) {
            properties.load(in);
        }
        Map<String, String> values = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> values.put(name, properties.getProperty(name)));
        return values;
    }

    private static Map<String, Object> service(String name) throws IOException {
        String text = Files.readString(Path.of("deploy", "compose.yaml"));
        Map<?, ?> document = new Yaml(new SafeConstructor(new LoaderOptions())).load(text);
        return member(member(document, "services"), name);
    }

    private static Map<String, Object> member(Map<?, ?> parent, String name) {
        Map<String, Object> members = new TreeMap<>();
        Map<?, ?> member = (Map<?, ?>) Objects.requireNonNull(parent.get(name), name);
        member.forEach((key, value) -> members.put(key.toString(), value));
        return members;
    }

    private static Map<String, String> strings(Map<String, Object> members) {
        return members.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, member -> member.getValue().toString()));
    }

    private static int seconds(Map<String, ?> members, String name) {
        return Integer.parseInt(String.valueOf(members.get(name)).replaceFirst("s$", ""));
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult result) -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String variable(String key) {
        return key.replaceAll("[^a-z]", "_").toUpperCase(Locale.ROOT);
    }
}
