package dev.onward.problem;

import io.quarkus.security.ForbiddenException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Stands before the framework's own mapper of this exception, which answers without a body. */
@Provider
public class ForbiddenMapper implements ExceptionMapper<ForbiddenException> {

    private final ProblemMapper problems;

    ForbiddenMapper(ProblemMapper problems) {
        this.problems = problems;
    }

    @Override
    public Response toResponse(ForbiddenException thrown) {
        return problems.toResponse(thrown);
    }
}
