package dev.onward.calllog.spool;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A sink that remembers rows, refuses those that hold "poison", and can be out of order. Thread-safe. */
final class MemorySink implements RowSink {

    private final List<String> rows = new ArrayList<>();
    private boolean broken;

    @Override
    public synchronized void store(List<byte[]> batch) {
        if (broken) {
            throw new SinkUnavailableException("broken", new IllegalStateException());
        }
        List<String> texts = batch.stream()
                .map(row -> new String(row, StandardCharsets.UTF_8))
                .toList();
        if (texts.stream().anyMatch(text -> text.contains("poison"))) {
            throw new RowsRefusedException("no poison\nplease", new IllegalStateException());
        }
        rows.addAll(texts);
    }

    synchronized void breakDown() {
        broken = true;
    }

    synchronized void repair() {
        broken = false;
    }

    synchronized List<String> rows() {
        return List.copyOf(rows);
    }
}
