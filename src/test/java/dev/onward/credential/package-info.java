/** Tests of credentials: documents, secrets, hosts. */
@NullMarked
package dev.onward.credential;

import org.jspecify.annotations.NullMarked;
