package dev.onward.credential;

import dev.onward.call.auth.RefreshTokens;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.SecretText;
import dev.onward.secret.Secrets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;

/** Refresh tokens in the place of the one that was given, so that every process and the next start has the latest. */
@ApplicationScoped
class StoredRefreshTokens implements RefreshTokens {

    private static final Logger LOG = Logger.getLogger(StoredRefreshTokens.class);
    private static final String MEMBER = "/authentication/refreshToken";

    private final Secrets secrets;
    private final ManagedExecutor executor;

    StoredRefreshTokens(Secrets secrets, ManagedExecutor executor) {
        this.secrets = secrets;
        this.executor = executor;
    }

    /** Without the database the one in memory has to do. */
    @Override
    public CompletionStage<Optional<SecretText>> latest(Sandbox sandbox, String credentialKey) {
        return executor.supplyAsync(() -> secrets.find(sandbox, OpenCredential.ownerOf(credentialKey), MEMBER))
                .exceptionally(fault -> {
                    LOG.warn("the latest refresh token cannot be read", fault);
                    return Optional.empty();
                });
    }

    @Override
    public CompletionStage<Void> replaced(Sandbox sandbox, String credentialKey, SecretText token) {
        return executor.runAsync(() -> secrets.exchange(sandbox, OpenCredential.ownerOf(credentialKey), MEMBER, token))
                .exceptionally(fault -> {
                    LOG.error("a new refresh token could not be kept; the credential may have to be set again", fault);
                    return null;
                });
    }
}
