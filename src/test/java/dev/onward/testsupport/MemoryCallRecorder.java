package dev.onward.testsupport;

import dev.onward.call.CallRecord;
import dev.onward.call.CallRecorder;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A log in memory, for an application that has none of its own: as a default bean it steps back as soon as there is
 * another recorder. Thread-safe.
 */
@DefaultBean
@ApplicationScoped
public class MemoryCallRecorder implements CallRecorder {

    private final List<CallRecord> records = new CopyOnWriteArrayList<>();

    /** What was recorded so far, in order. */
    public List<CallRecord> records() {
        return records;
    }

    @Override
    public Optional<Reservation> reserve() {
        return Optional.of(new Reservation() {
            @Override
            public CompletionStage<Void> record(CallRecord record) {
                records.add(record);
                return CompletableFuture.completedStage(null);
            }

            @Override
            public void release() {
                // There is always room.
            }
        });
    }
}
