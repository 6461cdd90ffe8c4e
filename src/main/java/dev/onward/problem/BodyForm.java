package dev.onward.problem;

import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/**
 * Refuses a document in another charset than UTF-8, or compressed: it would be read as something that was not sent; and
 * one whose type is none.
 */
@Provider
public class BodyForm implements ContainerRequestFilter {

    @Override
    public void filter(ContainerRequestContext request) {
        String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.strip().equalsIgnoreCase("identity") || !hasKnownType(request)) {
            throw new NotSupportedException();
        }
    }

    private static boolean hasKnownType(ContainerRequestContext request) {
        try {
            MediaType type = request.getMediaType();
            String charset = type == null ? null : type.getParameters().get(MediaType.CHARSET_PARAMETER);
            return charset == null || charset.equalsIgnoreCase("utf-8");
        } catch (IllegalArgumentException noType) {
            // An empty one, for instance: of no body it says nothing.
            return !announcesBody(request);
        }
    }

    private static boolean announcesBody(ContainerRequestContext request) {
        String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
        return length != null && !length.equals("0") || request.getHeaderString("Transfer-Encoding") != null;
    }
}
