package dev.onward.mutation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.platform.commons.support.ReflectionSupport;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;

/**
 * The test classes of a package and of those under it that start no server, as one test each. To the mutation tool every
 * row of a table is a test of its own, which it begins and ends apart, for every mutant: for thousands of rows that takes
 * hours, and so it takes minutes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class WholeTestClasses {

    /** The tool's JVMs that break the code run every test once before, only to find out which there are. */
    private static final boolean FINDS_FIRST =
            System.getProperty("sun.java.command", "").contains("MutationTestMinion");

    private static final Pattern ALONE = Pattern.compile("[\\w.]+(?<!Http|WholeTestClasses)Test");

    private static final Set<Class<?>> FOUND = ConcurrentHashMap.newKeySet();

    private static final Launcher LAUNCHER = LauncherFactory.create(LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .addTestEngines(new JupiterTestEngine())
            .build());

    List<Class<?>> tests() {
        return ReflectionSupport.findAllClassesInPackage(
                        getClass().getPackageName(), found -> true, WholeTestClasses::isAlone)
                .stream()
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    private static boolean isAlone(String className) {
        return ALONE.matcher(className).matches();
    }

    /** Runs all tests of the class until one fails. */
    @ParameterizedTest
    @MethodSource("tests")
    void passes(Class<?> tests) {
        if (FINDS_FIRST && FOUND.add(tests)) {
            return;
        }
        FirstFailure listener = new FirstFailure();
        LAUNCHER.execute(LauncherExecutionRequestBuilder.request(LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(tests))
                        .build())
                .listeners(listener)
                .cancellationToken(listener.token)
                .build());
        assertThat(listener.failed).isFalse();
        assertThat(listener.succeeded).isTrue();
    }

    private static final class FirstFailure implements TestExecutionListener {

        private final CancellationToken token = CancellationToken.create();
        private volatile boolean failed;
        private volatile boolean succeeded;

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
                failed = true;
                token.cancel();
            } else if (test.isTest()) {
                succeeded = true;
            }
        }
    }
}
