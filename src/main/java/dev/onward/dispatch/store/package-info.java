/**
 * Durable calls in PostgreSQL: accepted, claimed and ended in batches, one commit each. It decides nothing and knows
 * neither HTTP nor the pipeline.
 */
@NullMarked
package dev.onward.dispatch.store;

import org.jspecify.annotations.NullMarked;
