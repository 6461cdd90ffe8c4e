package dev.onward.calllog.spool;

import java.util.List;

/** Where drained rows go. Used by one thread at a time. */
public interface RowSink {

    /**
     * Stores all rows or none. Storing a row again changes nothing.
     *
     * @throws RowsRefusedException when the content of at least one row is refused; trying the same again is useless
     * @throws SinkUnavailableException when it may work later
     */
    void store(List<byte[]> rows);

    /** At least one row's content is refused. */
    final class RowsRefusedException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** @param message why, in one line */
        public RowsRefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Nothing could be stored now. */
    final class SinkUnavailableException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public SinkUnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
