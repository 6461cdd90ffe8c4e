package dev.onward.credential;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.onward.call.auth.RefreshTokens;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.OpenedSecrets;
import dev.onward.secret.SecretText;
import dev.onward.secret.Secrets;
import dev.onward.value.JsonBuffer;
import dev.onward.value.StrictJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.context.ManagedExecutor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens in the place of the one that was given, so that every process and the next start has the latest. Of two
 * processes that replace the same one, the first to store wins.
 */
@ApplicationScoped
class StoredRefreshTokens implements RefreshTokens {

    private static final Logger LOG = Logger.getLogger(StoredRefreshTokens.class);
    private static final String MEMBER = "/authentication/refreshToken";

    /** Of a custom authorization, kept as JSON text. */
    private static final String PARAMETER = "/authentication/body/bodyParams/refresh_token";

    private final Secrets secrets;
    private final ManagedExecutor executor;

    StoredRefreshTokens(Secrets secrets, ManagedExecutor executor) {
        this.secrets = secrets;
        this.executor = executor;
    }

    @Override
    public CompletionStage<Optional<SecretText>> latest(Sandbox sandbox, String credentialKey) {
        return executor.supplyAsync(() -> find(sandbox, OpenCredential.ownerOf(credentialKey)))
                .whenComplete((token, fault) -> log("a refresh token cannot be read", fault));
    }

    private Optional<SecretText> find(Sandbox sandbox, String owner) {
        OpenedSecrets opened = secrets.open(sandbox, owner);
        return Optional.ofNullable(opened.values().get(MEMBER))
                .or(() -> Optional.ofNullable(opened.values().get(PARAMETER)).map(StoredRefreshTokens::text));
    }

    @Override
    public CompletionStage<Boolean> replaced(Sandbox sandbox, String credentialKey, SecretText used, SecretText next) {
        return executor.supplyAsync(() -> exchange(sandbox, OpenCredential.ownerOf(credentialKey), used, next))
                .whenComplete((kept, fault) -> log("a new refresh token cannot be stored", fault));
    }

    private boolean exchange(Sandbox sandbox, String owner, SecretText used, SecretText next) {
        boolean kept = secrets.exchange(sandbox, owner, MEMBER, used, next)
                || secrets.exchange(sandbox, owner, PARAMETER, json(used), json(next));
        if (!kept) {
            LOG.infof("a refresh token of %s in sandbox %s was replaced by another meanwhile", owner, sandbox);
        }
        return kept;
    }

    private static void log(String what, @Nullable Throwable fault) {
        if (fault != null) {
            LOG.error(what, fault);
        }
    }

    private static SecretText text(SecretText json) {
        return SecretText.of(
                StrictJson.read(json.reveal().getBytes(StandardCharsets.UTF_8)).asText());
    }

    private static SecretText json(SecretText text) {
        return SecretText.of(JsonBuffer.textOf(TextNode.valueOf(text.reveal())));
    }
}
