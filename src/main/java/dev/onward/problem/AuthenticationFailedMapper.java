package dev.onward.problem;

import io.quarkus.security.AuthenticationFailedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Stands before the framework's own mapper of this exception, which answers without a body. */
@Provider
public class AuthenticationFailedMapper implements ExceptionMapper<AuthenticationFailedException> {

    private final ProblemMapper problems;

    AuthenticationFailedMapper(ProblemMapper problems) {
        this.problems = problems;
    }

    @Override
    public Response toResponse(AuthenticationFailedException thrown) {
        return problems.toResponse(thrown);
    }
}
