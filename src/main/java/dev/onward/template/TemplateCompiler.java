package dev.onward.template;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.onward.value.Issues;
import dev.onward.value.Parameter;
import dev.onward.value.TypeCheck;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Compiles the templates of one action against its declared parameters, noting every fault with its place.
 *
 * <p>A template is the JSON to send, with holes:
 *
 * <ul>
 *   <li><code>"${phone}"</code> is the parameter's value with its own JSON type; a path such as <code>
 *       "${product.id}"</code> goes into objects; <code>.size</code> is the length of a list, or of a string in
 *       Unicode code points.
 *   <li><code>"Hi ${name}!"</code> is a text: a null becomes nothing, numbers and booleans their JSON text, lists and
 *       objects their compact JSON.
 *   <li><code>[{"$each": "product in products", …}]</code> holds the object once per element; <code>
 *       [{"$each": "p in products", "$value": …}]</code> the value once per element. Loops nest; the list is a
 *       parameter, an outer loop's variable or a path into one of them.
 *   <li><code>$${</code> is a literal <code>${</code>, read from left to right.
 * </ul>
 *
 * What is written where there is no value: {@link NullMode}. A field that is absent has its declared default, else
 * null. What an {@code any} holds is only known while rendering: a path into what is no object, and the size of what
 * has none, is a null there. Not thread-safe.
 */
public final class TemplateCompiler {

    private final Map<String, Parameter> parameters;
    private final Issues issues;

    /**
     * @param parameters the declared parameters by name
     * @param issues where faults are noted
     */
    public TemplateCompiler(Map<String, Parameter> parameters, Issues issues) {
        this.parameters = new LinkedHashMap<>(parameters);
        this.issues = issues;
    }

    /**
     * Compiles a payload.
     *
     * @param template any JSON value
     * @param at where it stands in the document that was sent
     * @return empty when an error was noted
     */
    public Optional<Template> payload(JsonNode template, NullMode nulls, JsonPointer at) {
        return payload(template, at, findings -> BodyCompiler.document(template, nulls, scope(findings), findings, at));
    }

    /**
     * Compiles a payload that is sent as a form: {@code application/x-www-form-urlencoded}, as the URL standard
     * serializes it (url.spec.whatwg.org). A list becomes its name once per element.
     *
     * @param template an object whose values are neither objects nor lists of them
     * @param at where it stands in the document that was sent
     * @return empty when an error was noted
     */
    public Optional<Template> form(JsonNode template, NullMode nulls, JsonPointer at) {
        return payload(template, at, findings -> FormCompiler.form(template, nulls, scope(findings), findings, at));
    }

    private Optional<Template> payload(JsonNode template, JsonPointer at, Function<Findings, Node> compiler) {
        Findings findings = new Findings();
        if (findings.isTooLarge(template, at)) {
            return close(findings, at, Optional.empty());
        }
        Node root = compiler.apply(findings);
        return close(
                findings, at, Optional.of(new Template(root, findings.layout().build())));
    }

    private Scope scope(Findings findings) {
        return Scope.of(parameters, findings);
    }

    /**
     * Compiles a header or query value.
     *
     * @param template a text; or a JSON null, which is always left out
     * @param at where it stands in the document that was sent
     * @return empty when an error was noted
     */
    public Optional<TextTemplate> text(JsonNode template, JsonPointer at) {
        Findings findings = new Findings();
        if (!template.isTextual() && !template.isNull()) {
            String message = "text is expected, found " + TypeCheck.found(template) + "; put it between quotes";
            findings.error(at, TemplateIssue.TEXT_EXPECTED, message);
        }
        if (!template.isTextual() || findings.isTooLarge(template, at)) {
            return close(findings, at, Optional.of(nothing(findings)));
        }
        TextPattern pattern = TextPattern.parse(template.textValue(), at, findings.issues());
        findings.count(pattern);
        return close(findings, at, Optional.of(text(pattern, at, findings)));
    }

    private TextTemplate text(TextPattern pattern, JsonPointer at, Findings findings) {
        Scope scope = scope(findings);
        List<TextTemplate.Part> parts = new ArrayList<>();
        for (TextPattern.Piece piece : pattern.pieces()) {
            if (piece.isPlaceholder()) {
                scope.resolve(piece.text(), at).ifPresent(found -> parts.add(new TextTemplate.Hole(found.path())));
            } else {
                parts.add(new TextTemplate.Literal(piece.text()));
            }
        }
        return new TextTemplate(parts, findings.layout().build());
    }

    private static TextTemplate nothing(Findings findings) {
        return new TextTemplate(
                List.of(new TextTemplate.Nothing()), findings.layout().build());
    }

    private <T> Optional<T> close(Findings findings, JsonPointer at, Optional<T> compiled) {
        findings.requireFewPlaceholders(at);
        issues.addAll(findings.issues().errors());
        return findings.issues().hasErrors() ? Optional.empty() : compiled;
    }
}
