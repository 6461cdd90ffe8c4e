package dev.onward.limit;

import dev.onward.call.Admission;
import dev.onward.call.Pacing;
import dev.onward.call.Timer;
import dev.onward.call.guard.HostGuards;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Puts the limits in front of the guards. */
final class LimitBeans {

    @Produces
    @Singleton
    Admission admission(Limits limits, HostGuards guards, Timer timer, MeterRegistry registry) {
        Gauge.builder("onward.limits.waiting", limits, Limits::waiting)
                .description("Calls of this process that wait for a throttling or for a connection of a capping")
                .register(registry);
        return new LimitedAdmission(limits::of, guards, timer, new LimitMetrics(registry));
    }

    @Produces
    @Singleton
    Pacing pacing(Limits limits) {
        return limits::isPaced;
    }
}
