package dev.onward.problem;

import io.quarkus.security.UnauthorizedException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Stands before the framework's own mapper of this exception, which answers without a body. */
@Provider
public class UnauthorizedMapper implements ExceptionMapper<UnauthorizedException> {

    private final ProblemMapper problems;

    UnauthorizedMapper(ProblemMapper problems) {
        this.problems = problems;
    }

    @Override
    public Response toResponse(UnauthorizedException thrown) {
        return problems.toResponse(thrown);
    }
}
