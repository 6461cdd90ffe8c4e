package dev.onward.action;

import dev.onward.value.MemberReader;

/** Reads {@code channel} and {@code requiredMarketingAction}, which journeys check consents by. */
final class Governance {

    private Governance() {}

    static void read(MemberReader reader) {
        reader.oneOf("channel", Channel.values(), Channel::wireName);
        reader.string("requiredMarketingAction");
    }

    private enum Channel {
        EMAIL("email"),
        SMS("sms"),
        PUSH("push"),
        OTHER("other");

        private final String wireName;

        Channel(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }
}
