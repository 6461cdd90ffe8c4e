/**
 * JSON payload templates: compiled once against the declared parameters, then rendered from checked arguments straight
 * to bytes; and texts with placeholders for header and query values. It knows nothing of HTTP or of actions.
 *
 * <p>Read {@link dev.onward.template.TemplateCompiler} for what a template may say, {@link dev.onward.template.Node}
 * for how it is written.
 */
@NullMarked
package dev.onward.template;

import org.jspecify.annotations.NullMarked;
