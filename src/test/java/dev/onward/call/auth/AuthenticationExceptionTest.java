package dev.onward.call.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

/** Why a signing failed, and what is a bug. */
class AuthenticationExceptionTest {

    @Test
    void a_reason_is_found_with_and_without_the_steps_it_came_through() {
        CallError error = new CallError(CallErrorCode.AUTH_FAILED, "no");
        AuthenticationException reason = new AuthenticationException(error, Optional.empty());

        assertThat(AuthenticationException.of(reason)).isSameAs(reason).hasMessage("no");
        assertThat(AuthenticationException.of(new CompletionException(reason))).isSameAs(reason);
    }

    @Test
    void a_bug_is_thrown_as_it_is() {
        IllegalStateException bug = new IllegalStateException("bug");

        assertThatThrownBy(() -> AuthenticationException.of(new CompletionException(bug)))
                .isSameAs(bug);
    }

    @Test
    void a_bug_that_is_checked_is_thrown_inside_another() {
        IOException bug = new IOException("bug");

        assertThatThrownBy(() -> AuthenticationException.of(bug))
                .isInstanceOf(CompletionException.class)
                .hasCause(bug);
    }
}
