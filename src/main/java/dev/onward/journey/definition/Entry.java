package dev.onward.journey.definition;

import java.util.Optional;

/**
 * How profiles come in.
 *
 * @param event the name of the event that brings one in, and of the payload in expressions
 * @param profileId gives the profile's id; empty for the event's own
 * @param condition which events count; empty for all
 * @param reentry whether and when a profile may come again
 */
public record Entry(
        String event, Optional<ExpressionText> profileId, Optional<ExpressionText> condition, Reentry reentry) {}
