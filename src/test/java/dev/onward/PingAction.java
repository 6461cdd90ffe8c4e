package dev.onward;

import dev.onward.testsupport.ApiClient;
import dev.onward.testsupport.ApiClient.Answer;
import dev.onward.testsupport.StubProvider;
import java.util.Map;

/**
 * The smallest action that a provider on this machine can answer, and the settings under which it may be called.
 *
 * @param client of the Onward that has the action
 */
record PingAction(ApiClient client) {

    static final String KEY = "key-of-the-integration-tests";

    static final Map<String, String> ENVIRONMENT =
            Map.of("ONWARD_ADMIN_KEY", KEY, "ONWARD_EGRESS_ALLOW", "127.0.0.1", "ONWARD_EGRESS_SCHEMES", "https,http");

    /** Registers it. */
    Answer create(StubProvider provider) {
        return client.post("/api/v1/actions", definition(provider.url("/ping")));
    }

    /** Makes a next version, which calls another path. */
    Answer moveTo(StubProvider provider, String path) {
        return client.put("/api/v1/actions/Ping", definition(provider.url(path)));
    }

    /** Runs it once. */
    Answer invoke(String profileId) {
        return client.post("/api/v1/actions/Ping/invoke", "{ \"profileId\": \"%s\" }".formatted(profileId));
    }

    /** Every action that there is. */
    Answer list() {
        return client.get("/api/v1/actions");
    }

    /** The log's record of one of its calls. */
    Answer log(String callId) {
        return client.get("/api/v1/logs/" + callId);
    }

    private static String definition(String url) {
        return "{ \"name\": \"Ping\", \"endpoint\": { \"url\": \"%s\", \"method\": \"POST\" } }".formatted(url);
    }
}
