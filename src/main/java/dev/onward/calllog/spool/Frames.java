package dev.onward.calllog.spool;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The frames that a segment is made of: length (4 bytes, big-endian), CRC-32C of the row (4 bytes), the row. The name
 * of a segment carries the version of this format.
 */
final class Frames {

    static final int HEADER_BYTES = 8;

    private Frames() {}

    static int sizeOf(byte[] row) {
        return HEADER_BYTES + row.length;
    }

    static void put(byte[] row, ByteBuffer target) {
        target.putInt(row.length).putInt(checksum(row)).put(row);
    }

    /**
     * The rows of all whole frames, up to the first that is not whole. What follows was being written when the process
     * died, so nobody was ever told that it was kept.
     */
    static List<byte[]> read(ByteBuffer segment) {
        List<byte[]> rows = new ArrayList<>();
        while (segment.remaining() > HEADER_BYTES) {
            int length = segment.getInt();
            int checksum = segment.getInt();
            if (length <= 0 || length > segment.remaining()) {
                break;
            }
            byte[] row = new byte[length];
            segment.get(row);
            if (checksum(row) != checksum) {
                break;
            }
            rows.add(row);
        }
        return rows;
    }

    private static int checksum(byte[] row) {
        CRC32C crc = new CRC32C();
        crc.update(row, 0, row.length);
        return (int) crc.getValue();
    }
}
