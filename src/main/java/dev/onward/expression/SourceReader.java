package dev.onward.expression;

import dev.onward.expression.issue.ExpressionIssueCode;
import dev.onward.expression.issue.IssueList;
import dev.onward.expression.issue.Location;
import dev.onward.expression.tree.Node;
import java.nio.charset.StandardCharsets;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;

/** Reads a source into a tree. Whatever the source is, the answer is a tree or issues. */
final class SourceReader {

    static final int MAX_BYTES = 16 * 1024;

    private SourceReader() {}

    static Parsed read(String source) {
        IssueList issues = new IssueList();
        if (source.isBlank()) {
            issues.error(ExpressionIssueCode.EXPRESSION_EMPTY, Location.START, "the expression is empty");
            return nothing(issues);
        }
        int bytes = source.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            issues.error(
                    ExpressionIssueCode.EXPRESSION_TOO_LONG,
                    Location.START,
                    "the expression has " + bytes + " bytes, at most " + MAX_BYTES + " are allowed");
            return nothing(issues);
        }
        return parse(source, issues);
    }

    private static Parsed parse(String source, IssueList issues) {
        Positions positions = new Positions(source);
        ExpressionLexer lexer = new ExpressionLexer(CharStreams.fromString(source));
        lexer.removeErrorListeners();
        CommonTokenStream tokens = new CommonTokenStream(lexer);
        tokens.fill();
        TokenCheck check = new TokenCheck(positions, issues);
        if (!check.check(tokens.getTokens())) {
            return nothing(issues);
        }
        tokens.seek(0);
        ExpressionParser parser = new ExpressionParser(tokens);
        parser.removeErrorListeners();
        parser.addErrorListener(new SyntaxFaults(positions, check.firstFault(), issues));
        ExpressionParser.SourceContext context = parser.source();
        return new Parsed(new TreeBuilder(positions, issues).build(context), issues);
    }

    private static Parsed nothing(IssueList issues) {
        return new Parsed(new Node.Faulty(Location.START), issues);
    }
}
