package dev.onward.journey.consent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;

/** What an action contacts persons for: {@code sms}, {@code Email Targeting}. Consents and policies go by it. */
public final class MarketingAction {

    private MarketingAction() {}

    /**
     * The marketing action that an action carries.
     *
     * @param action its document
     * @return {@code requiredMarketingAction}, where that is absent or blank {@code channel}; empty for neither
     */
    public static String of(JsonNode action) {
        return Stream.of("requiredMarketingAction", "channel")
                .map(member -> action.path(member).asText("").strip())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }
}
