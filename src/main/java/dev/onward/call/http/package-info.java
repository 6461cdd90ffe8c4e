/**
 * The only place that opens a connection: name resolution and pinning, deadlines, size caps. It redacts what it
 * captures.
 */
@NullMarked
package dev.onward.call.http;

import org.jspecify.annotations.NullMarked;
