package dev.onward.egress;

/** What the names and values of header fields are made of (RFC 9110 §5). Every call asks: no expressions here. */
final class HeaderText {

    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

    private HeaderText() {}

    static boolean isToken(String name) {
        for (int i = 0; i < name.length(); i++) {
            char character = name.charAt(i);
            boolean alphanumeric = character >= '0' && character <= '9'
                    || character >= 'a' && character <= 'z'
                    || character >= 'A' && character <= 'Z';
            if (!alphanumeric && TOKEN_MARKS.indexOf(character) < 0) {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Whether it is visible ASCII, with spaces and tabs inside only. An empty value is one. */
    static boolean isValue(String value) {
        for (int i = 0; i < value.length(); i++) {
            char character = value.charAt(i);
            boolean atAnEnd = i == 0 || i == value.length() - 1;
            boolean space = character == ' ' || character == '\t';
            if (space ? atAnEnd : character <= ' ' || character > '~') {
                return false;
            }
        }
        return true;
    }
}
