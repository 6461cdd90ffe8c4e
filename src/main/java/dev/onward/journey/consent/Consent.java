package dev.onward.journey.consent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether a person agrees to be contacted through an action. Source: the model system's consent fields of a profile. */
public final class Consent {

    /** Marketing actions that nobody is asked about. */
    private static final Set<String> UNASKED = Set.of("", "none", "other");

    private static final String ANY = "any";
    private static final String REFUSED = "n";

    private Consent() {}

    /**
     * Whether the profile's consents exclude it from an action.
     *
     * @param profile a snapshot; {@code consents.marketing.<marketing action>.val} is looked at, and that of {@code any}
     * @param action the action's document; without a marketing action, or with {@code none} or {@code other}, nothing
     *     excludes from it. Beside another marketing action the consent for the action's channel counts as well
     */
    public static boolean isRefused(JsonNode profile, JsonNode action) {
        String marketingAction = MarketingAction.of(action).toLowerCase(Locale.ROOT);
        if (UNASKED.contains(marketingAction)) {
            return false;
        }
        String channel = action.path("channel").asText("").toLowerCase(Locale.ROOT);
        Set<String> asked = Stream.of(ANY, marketingAction, channel).collect(Collectors.toSet());
        asked.removeAll(UNASKED);
        return profile.path("consents").path("marketing").properties().stream()
                .filter(consent -> asked.contains(consent.getKey().toLowerCase(Locale.ROOT)))
                .anyMatch(consent -> consent.getValue().path("val").asText("").equals(REFUSED));
    }
}
