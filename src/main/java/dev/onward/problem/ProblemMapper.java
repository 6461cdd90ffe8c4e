package dev.onward.problem;

import dev.onward.value.JsonBuffer;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers every exception with its problem; what has none is a bug, which the log tells and the answer does not. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {

    static final String MEDIA_TYPE = "application/problem+json";

    private static final int UNAUTHORIZED = 401;
    private static final int METHOD_NOT_ALLOWED = 405;
    private static final int TOO_LARGE = 413;

    private final UriInfo uri;
    private final AllowedMethods allowedMethods;

    ProblemMapper(UriInfo uri, AllowedMethods allowedMethods) {
        this.uri = uri;
        this.allowedMethods = allowedMethods;
    }

    @Override
    public Response toResponse(Throwable thrown) {
        Problem problem = ProblemTable.of(thrown);
        Response.ResponseBuilder response = Response.status(problem.status())
                .type(MEDIA_TYPE)
                .entity(JsonBuffer.bytesOf(problem.json(uri.getRequestUri().getRawPath())));
        problem.retryAfterSeconds().ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        if (problem.status() == UNAUTHORIZED) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        if (problem.status() == METHOD_NOT_ALLOWED) {
            response.header(HttpHeaders.ALLOW, allowedMethods.of(uri.getPath()));
        }
        if (problem.status() == TOO_LARGE) {
            // What is still under way of the body is not waited for.
            response.header("Connection", "close");
        }
        return response.build();
    }
}
