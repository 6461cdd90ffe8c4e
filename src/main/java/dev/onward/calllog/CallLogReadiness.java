package dev.onward.calllog;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until the calls that an earlier process left in the spool have reached the database. */
@Readiness
@Singleton
final class CallLogReadiness implements HealthCheck {

    private final CallLog log;

    CallLogReadiness(CallLog log) {
        this.log = log;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("call log").status(log.hasCaughtUp()).build();
    }
}
