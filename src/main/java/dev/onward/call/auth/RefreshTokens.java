package dev.onward.call.auth;

import dev.onward.sandbox.Sandbox;
import dev.onward.secret.SecretText;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Keeps refresh tokens that providers replace with every use (RFC 6749 §6). Thread-safe; it never blocks its caller. */
public interface RefreshTokens {

    /** Keeps none: the one of the credential is used again and again. */
    RefreshTokens NONE = new RefreshTokens() {
        @Override
        public CompletionStage<Optional<SecretText>> latest(Sandbox sandbox, String credentialKey) {
            return CompletableFuture.completedStage(Optional.empty());
        }

        @Override
        public CompletionStage<Boolean> replaced(
                Sandbox sandbox, String credentialKey, SecretText used, SecretText next) {
            return CompletableFuture.completedStage(false);
        }
    };

    /**
     * The one to use now, whichever process got it; empty for that of the credential.
     *
     * @return fails when it cannot be told: an older one must not be used, for providers take that for theft
     */
    CompletionStage<Optional<SecretText>> latest(Sandbox sandbox, String credentialKey);

    /**
     * Keeps a new one in the place of the one that was used for it, unless another has taken that place meanwhile.
     *
     * @return completes when it would survive the death of the process, with whether it was kept; fails when it could not
     *     be stored, and the one before stays
     */
    CompletionStage<Boolean> replaced(Sandbox sandbox, String credentialKey, SecretText used, SecretText next);
}
