package dev.onward.value;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds the first byte that a format escapes, eight bytes at a time: most bytes of most texts stand for themselves. */
public final class ByteSearch {

    /** A control character below space, or a backslash. */
    public static final ByteSearch CONTROL_OR_BACKSLASH = new ByteSearch('\\', false);

    /** A byte that cannot stand in a JSON string as it is (RFC 8259 §7), or that is not ASCII. */
    static final ByteSearch NOT_PLAIN_IN_JSON = new ByteSearch('"', true);

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final long EACH_BYTE = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    private static final long SPACES = ' ' * EACH_BYTE;
    private static final long BACKSLASHES = '\\' * EACH_BYTE;

    /** Stands for itself in every format, beside a byte that is looked at alone. */
    private static final long SPACES_BESIDE = 0x2020_2020_2020_2000L;

    private final long besides;
    private final long highBits;

    private ByteSearch(char besideBackslash, boolean findsNotAscii) {
        this.besides = besideBackslash * EACH_BYTE;
        this.highBits = findsNotAscii ? HIGH_BITS : 0;
    }

    /** The index of the first such byte; {@code to} when there is none from {@code from} to before {@code to}. */
    public int first(byte[] bytes, int from, int to) {
        int at = from;
        for (; to - at >= Long.BYTES; at += Long.BYTES) {
            long marks = marks((long) WORDS.get(bytes, at));
            if (marks != 0) {
                return at + Long.numberOfTrailingZeros(marks) / Byte.SIZE;
            }
        }
        while (at < to && marks(SPACES_BESIDE | bytes[at] & 0xFF) == 0) {
            at++;
        }
        return at;
    }

    /** Has the high bit of each such byte; above the lowest of them there may be wrong ones, as subtractions borrow. */
    private long marks(long word) {
        long found = below(word, SPACES) | below(word ^ BACKSLASHES, EACH_BYTE) | below(word ^ besides, EACH_BYTE);
        return found & HIGH_BITS | word & highBits;
    }

    /** Has the high bit of each ASCII byte that is below its limit, among other bits. */
    private static long below(long word, long limits) {
        return word - limits & ~word;
    }
}
