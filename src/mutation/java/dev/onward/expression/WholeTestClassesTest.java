package dev.onward.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.engine.JupiterTestEngine;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/**
 * The tests of expressions, a class at a time. To the mutation tool every row of a table is a test of its own, which it
 * begins and ends apart, for every mutant: for thousands of rows that takes hours, and so it takes minutes.
 */
class WholeTestClassesTest {

    private final Launcher launcher = LauncherFactory.create(LauncherConfig.builder()
            .enableTestEngineAutoRegistration(false)
            .enableLauncherSessionListenerAutoRegistration(false)
            .enableLauncherDiscoveryListenerAutoRegistration(false)
            .enableTestExecutionListenerAutoRegistration(false)
            .enablePostDiscoveryFilterAutoRegistration(false)
            .addTestEngines(new JupiterTestEngine())
            .build());

    @Test
    void expressions() {
        assertPasses(ExpressionTest.class);
    }

    @Test
    void semantics() {
        assertPasses(SemanticsTest.class);
    }

    @Test
    void the_model_system() {
        assertPasses(ModelSystemTest.class);
    }

    @Test
    void issues() {
        assertPasses(IssueTablesTest.class);
    }

    @Test
    void the_printer() {
        assertPasses(PrinterTest.class);
    }

    private void assertPasses(Class<?> tests) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        launcher.execute(
                LauncherDiscoveryRequestBuilder.request()
                        .selectors(selectClass(tests))
                        .build(),
                listener);
        assertThat(listener.getSummary().getTestsSucceededCount()).isPositive();
        assertThat(listener.getSummary().getTotalFailureCount()).isZero();
    }
}
