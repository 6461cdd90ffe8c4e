package dev.onward.value;

/** Text that is not JSON by the rules of this house: problem {@code json-malformed}. */
public final class JsonException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;
    private final int column;

    /**
     * @param message what is wrong and what is allowed; quotes nothing of the text
     * @param line from 1, or 0 when the fault has no place
     * @param column from 1, or 0 when the fault has no place
     */
    public JsonException(String message, int line, int column) {
        super(line > 0 ? message + " (line " + line + ", column " + column + ")" : message);
        this.line = line;
        this.column = column;
    }

    public int line() {
        return line;
    }

    public int column() {
        return column;
    }
}
