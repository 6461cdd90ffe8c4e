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
        public CompletionStage<Void> replaced(Sandbox sandbox, String credentialKey, SecretText token) {
            return CompletableFuture.completedStage(null);
        }
    };

    /** The one to use now, whichever process got it; empty for that of the credential. */
    CompletionStage<Optional<SecretText>> latest(Sandbox sandbox, String credentialKey);

    /** Keeps a new one; completes when it would survive the death of the process, also when that failed. */
    CompletionStage<Void> replaced(Sandbox sandbox, String credentialKey, SecretText token);
}
