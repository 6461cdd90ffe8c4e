/**
 * Journeys: what happens to a profile after an event, step by step. This package has their life cycle and their REST
 * resource; below it stand the document ({@code definition}), its compiled form ({@code mapping}), profiles on their way
 * ({@code instance}) and what brings them in ({@code entry}). Each may use only those named before it.
 */
@NullMarked
package dev.onward.journey;

import org.jspecify.annotations.NullMarked;
