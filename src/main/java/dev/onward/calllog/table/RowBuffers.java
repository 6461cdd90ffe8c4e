package dev.onward.calllog.table;

import dev.onward.value.SpareBuffer;

/** What rows are made in, kept for the rows after them. Thread-safe. */
public final class RowBuffers {

    /** What most documents fit into. */
    private static final int EXPECTED_DOCUMENT_BYTES = 2048;

    /** What a line needs, mostly, beside its document, whose backslashes are escaped. */
    private static final int EXPECTED_BYTES_BESIDE = 768;

    private static final int MAX_KEPT_BYTES = 64 * 1024;

    private final SpareBuffer documents = new SpareBuffer(EXPECTED_DOCUMENT_BYTES, MAX_KEPT_BYTES);
    private final SpareBuffer lines = new SpareBuffer(EXPECTED_DOCUMENT_BYTES + EXPECTED_BYTES_BESIDE, MAX_KEPT_BYTES);

    SpareBuffer documents() {
        return documents;
    }

    SpareBuffer lines() {
        return lines;
    }
}
