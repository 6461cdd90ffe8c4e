/**
 * Benchmarks that are programs: each starts the packaged application, a provider and a client as processes of their own
 * and prints medians and ratios of one run.
 */
@NullMarked
package dev.onward.bench;

import org.jspecify.annotations.NullMarked;
