/** Reading the call log: filters, pages, one call. It knows nothing of HTTP and never writes. */
@NullMarked
package dev.onward.calllog.search;

import org.jspecify.annotations.NullMarked;
