/** What persons and the organisation allow: consents of profiles, labels of their fields, policies. It runs nothing. */
@NullMarked
package dev.onward.journey.consent;

import org.jspecify.annotations.NullMarked;
