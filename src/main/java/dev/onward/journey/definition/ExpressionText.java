package dev.onward.journey.definition;

import com.fasterxml.jackson.core.JsonPointer;

/**
 * An expression that nobody has compiled yet.
 *
 * @param source its text
 * @param at where it stands in the journey's document
 */
public record ExpressionText(String source, JsonPointer at) {}
