package dev.onward.expression;

import dev.onward.expression.issue.IssueList;
import dev.onward.expression.tree.Node;

/**
 * What was read of a source.
 *
 * @param tree with a {@link Node.Faulty} for every part that could not be read
 * @param issues why not; the next stage adds its own
 */
record Parsed(Node tree, IssueList issues) {}
