package dev.onward.journey.consent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Set;

/** Whether a person agrees to be contacted through an action. Source: the model system's consent fields of a profile. */
public final class Consent {

    private static final Set<String> CHANNELS = Set.of("email", "sms", "push");
    private static final String NONE = "none";
    private static final String REFUSED = "n";

    private Consent() {}

    /**
     * Whether the profile's consents exclude it from an action.
     *
     * @param profile a snapshot; {@code consents.marketing.<channel>.val} is looked at
     * @param action the action's document; without a channel, or with {@code "requiredMarketingAction": "none"}, nothing
     *     excludes from it
     */
    public static boolean isRefused(JsonNode profile, JsonNode action) {
        String channel = action.path("channel").asText("");
        if (!CHANNELS.contains(channel)
                || action.path("requiredMarketingAction").asText("").equalsIgnoreCase(NONE)) {
            return false;
        }
        JsonNode marketing = profile.path("consents").path("marketing");
        return isRefusal(marketing.path(channel)) || isRefusal(marketing.path("any"));
    }

    private static boolean isRefusal(JsonNode consent) {
        return consent.path("val").asText("").equals(REFUSED);
    }
}
