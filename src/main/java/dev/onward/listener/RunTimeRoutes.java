package dev.onward.listener;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The routes that run actions or take events: how often they are asked is the work itself. */
public final class RunTimeRoutes {

    private static final String BASE = "/api/v1";
    private static final String EVENTS = BASE + "/events";
    private static final String ACTIONS = BASE + "/actions";
    private static final String JOURNEYS = BASE + "/journeys";
    private static final String STREAM = "invocations";
    private static final String AUDIENCE = "audience";
    private static final String DOCUMENT_OR_STREAM = "calls";
    private static final String LINES = "application/x-ndjson";

    private static final Set<String> OF_ACTION = Set.of("invoke", "test", STREAM, DOCUMENT_OR_STREAM);
    private static final Set<String> OF_JOURNEY = Set.of(AUDIENCE, "test");

    private RunTimeRoutes() {}

    static boolean contains(String path) {
        return path.equals(EVENTS)
                || OF_ACTION.contains(below(ACTIONS, path))
                || OF_JOURNEY.contains(below(JOURNEYS, path));
    }

    /** Whether the route reads a stream, which may be of any length and last for hours. */
    public static boolean takesStream(String path, Optional<String> contentType) {
        String route = below(ACTIONS, path);
        return route.equals(STREAM)
                || below(JOURNEYS, path).equals(AUDIENCE)
                || (route.equals(DOCUMENT_OR_STREAM) || path.equals(EVENTS))
                        && contentType.filter(RunTimeRoutes::isLines).isPresent();
    }

    private static boolean isLines(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).strip().startsWith(LINES);
    }

    /** The last segment of a path that has one more between it and the collection; else an empty text. */
    private static String below(String collection, String path) {
        int last = path.lastIndexOf('/');
        return last > collection.length() + 1 && path.startsWith(collection) && path.charAt(collection.length()) == '/'
                ? path.substring(last + 1)
                : "";
    }
}
