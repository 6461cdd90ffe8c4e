package dev.onward.template;

/** A template that cannot be rendered from these arguments, although both are valid by themselves. */
public final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final TemplateIssue code;

    TemplateException(TemplateIssue code, String message) {
        super(message);
        this.code = code;
    }

    public TemplateIssue code() {
        return code;
    }
}
