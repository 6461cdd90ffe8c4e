package dev.onward.egress;

import dev.onward.mutation.WholeTestClasses;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WholeTestClassesTest {

    @ParameterizedTest
    @MethodSource("tests")
    void passes(Class<?> tests) {
        WholeTestClasses.assertPasses(tests);
    }

    static List<Class<?>> tests() {
        return WholeTestClasses.under("dev.onward.egress");
    }
}
