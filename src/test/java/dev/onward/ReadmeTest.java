package dev.onward;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.onward.expression.FunctionTable;
import dev.onward.value.IssueCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README says what the code does. */
class ReadmeTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.onward");

    private final String readme = readme();

    @Test
    void every_error_code_is_listed() {
        List<String> codes = CLASSES.stream()
                .filter(each -> each.isEnum() && each.isAssignableTo(IssueCode.class))
                .flatMap(ReadmeTest::codes)
                .toList();
        assertThat(codes)
                .hasSizeGreaterThan(50)
                .allSatisfy(code -> assertThat(readme).contains("`" + code + "`"));
    }

    @Test
    void every_key_of_the_configuration_is_listed() {
        assertThat(ConfigurationCheck.KNOWN)
                .allSatisfy(key -> assertThat(readme).contains("| `" + key + "` |"));
    }

    @Test
    void every_package_is_listed() {
        assertThat(ArchitectureTest.ROOMS).allSatisfy(room -> assertThat(readme).contains("| `" + room + "` |"));
    }

    @Test
    void every_function_is_listed_as_it_is() {
        assertThat(FunctionTable.rows())
                .as("the table of functions; its rows are\n%s", String.join("\n", FunctionTable.rows()))
                .allSatisfy(row -> assertThat(readme).contains(row + "\n"));
    }

    private static Stream<String> codes(JavaClass codes) {
        return Stream.of(codes.reflect().getEnumConstants()).map(code -> ((IssueCode) code).code());
    }

    private static String readme() {
        try {
            return Files.readString(Path.of("README.md"));
        } catch (IOException missing) {
            throw new AssertionError("README.md is missing", missing);
        }
    }
}
