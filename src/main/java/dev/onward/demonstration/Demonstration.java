package dev.onward.demonstration;

import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.action.ActionException;
import dev.onward.action.Actions;
import dev.onward.sandbox.Sandbox;
import dev.onward.value.InvalidException;
import dev.onward.value.StrictJson;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Starts the provider and registers the ready action, in development only. */
@IfBuildProfile("dev")
@ApplicationScoped
class Demonstration {

    private static final Logger LOG = Logger.getLogger(Demonstration.class);
    private static final int PORT = 8089;
    private static final String ACTION = "/demonstration/order-shipped-sms.json";

    private final Actions actions;
    private @Nullable SmsProvider provider;

    Demonstration(Actions actions) {
        this.actions = actions;
    }

    void start(@Observes @Priority(1_000) StartupEvent event) {
        try {
            provider = new SmsProvider(PORT);
            register();
        } catch (IOException taken) {
            LOG.warnf("the built-in provider does not run, port %d cannot be used: %s", PORT, taken.getMessage());
        }
    }

    void stop(@Observes ShutdownEvent event) {
        Optional.ofNullable(provider).ifPresent(SmsProvider::close);
    }

    private void register() throws IOException {
        try (InputStream resource = Demonstration.class.getResourceAsStream(ACTION)) {
            if (resource == null) {
                throw new UncheckedIOException(new IOException(ACTION + " is missing"));
            }
            JsonNode document = StrictJson.read(resource.readAllBytes());
            actions.create(Sandbox.DEFAULT, document, "demonstration");
            LOG.infof("the built-in provider listens on port %d; the action OrderShippedSms calls it", PORT);
        } catch (InvalidException otherSettings) {
            LOG.warnf(
                    "the ready action is not registered, it needs onward.egress.schemes=https,http and"
                            + " onward.egress.allow=localhost:%d: %s",
                    PORT, otherSettings.getMessage());
        } catch (ActionException registeredBefore) {
            LOG.debug("the ready action is there already");
        }
    }
}
