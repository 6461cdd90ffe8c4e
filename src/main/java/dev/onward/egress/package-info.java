/**
 * Where a call may go: the one URL parser, the address policy, name resolution and the header rules. Pure: it opens no
 * connection and knows nothing of actions or of HTTP clients.
 */
@NullMarked
package dev.onward.egress;

import org.jspecify.annotations.NullMarked;
