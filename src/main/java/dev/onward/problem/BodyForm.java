package dev.onward.problem;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** Refuses a document in another charset than UTF-8, or compressed: it would be read as something that was not sent. */
@Provider
public class BodyForm implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        MediaType type = request.getMediaType();
        String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity")
                || charset != null && !charset.equalsIgnoreCase("utf-8")) {
            throw new NotSupportedException();
        }
    }
}
