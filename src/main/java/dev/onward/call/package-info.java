/**
 * Sends one rendered request and returns an outcome: attempts under one window, retries, deadlines, what each attempt
 * showed. It asks an {@link dev.onward.call.Admission}, tells a {@link dev.onward.call.CallRecorder} and knows nothing of actions,
 * templates or storage.
 */
@NullMarked
package dev.onward.call;

import org.jspecify.annotations.NullMarked;
