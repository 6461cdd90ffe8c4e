package dev.onward.egress;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.value.Issues;

/** Destinations for tests. */
final class Destinations {

    private Destinations() {}

    static Destination of(String url) {
        Issues issues = new Issues();
        return UrlParser.parse(url, JsonPointer.empty(), issues)
                .orElseThrow(() -> new AssertionError(url + ": " + issues.errors()));
    }
}
