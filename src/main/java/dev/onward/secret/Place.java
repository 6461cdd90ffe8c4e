package dev.onward.secret;

import dev.onward.sandbox.Sandbox;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where a secret belongs. A sealed value opens only at its own place, so that nobody who can write to the database can
 * move it to another owner.
 *
 * @param owner whose secret it is, by an id that is never used again
 * @param member which of the owner's secrets: a JSON pointer into its document
 */
record Place(Sandbox sandbox, String owner, String member) {

    /** Unambiguous: every part is preceded by its length. */
    byte[] associatedData() {
        byte[][] parts = {bytes(sandbox.name()), bytes(owner), bytes(member)};
        int length = 0;
        for (byte[] part : parts) {
            length += Integer.BYTES + part.length;
        }
        ByteBuffer data = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            data.putInt(part.length).put(part);
        }
        return data.array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
