package dev.onward.egress.name;

import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/** The rule for names with right-to-left labels (RFC 5893 §2): what such a name shows is what it means. */
final class Bidi {

    private static final Set<Byte> RIGHT_TO_LEFT =
            Set.of(Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC);
    private static final Set<Byte> NEUTRAL = Set.of(
            Character.DIRECTIONALITY_EUROPEAN_NUMBER,
            Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR,
            Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR,
            Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
            Character.DIRECTIONALITY_OTHER_NEUTRALS,
            Character.DIRECTIONALITY_BOUNDARY_NEUTRAL,
            Character.DIRECTIONALITY_NONSPACING_MARK);

    private Bidi() {}

    /**
     * Whether every label obeys the rule; without a right-to-left character in any of them there is none to obey.
     *
     * @param labels decoded
     */
    static boolean isValid(List<String> labels) {
        return labels.stream().noneMatch(label -> label.codePoints().anyMatch(Bidi::makesBidi))
                || labels.stream().allMatch(Bidi::isValid);
    }

    private static boolean isValid(String label) {
        byte first = Character.getDirectionality(label.codePointAt(0));
        if (first == Character.DIRECTIONALITY_LEFT_TO_RIGHT) {
            return all(label, direction -> direction == first) && endsWith(label, direction -> direction == first);
        }
        return RIGHT_TO_LEFT.contains(first)
                && all(label, Bidi::isRightToLeft)
                && endsWith(label, Bidi::isRightToLeft)
                && !(has(label, Character.DIRECTIONALITY_ARABIC_NUMBER)
                        && has(label, Character.DIRECTIONALITY_EUROPEAN_NUMBER));
    }

    private static boolean makesBidi(int point) {
        return isRightToLeft(Character.getDirectionality(point));
    }

    private static boolean isRightToLeft(int direction) {
        return RIGHT_TO_LEFT.contains((byte) direction) || direction == Character.DIRECTIONALITY_ARABIC_NUMBER;
    }

    private static boolean all(String label, IntPredicate main) {
        return directions(label).allMatch(direction -> main.test(direction) || NEUTRAL.contains((byte) direction));
    }

    /** Whether the last character that is no mark is of the main direction or a European number. */
    private static boolean endsWith(String label, IntPredicate main) {
        int last = directions(label)
                .filter(direction -> direction != Character.DIRECTIONALITY_NONSPACING_MARK)
                .reduce((before, after) -> after)
                .orElseThrow();
        return main.test(last) || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER;
    }

    private static boolean has(String label, byte wanted) {
        return directions(label).anyMatch(direction -> direction == wanted);
    }

    private static IntStream directions(String label) {
        return label.codePoints().map(Character::getDirectionality);
    }
}
