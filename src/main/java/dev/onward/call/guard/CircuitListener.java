package dev.onward.call.guard;

/** Hears of circuits that open and close. Thread-safe; must not block. */
public interface CircuitListener {

    /** Calls to the host fail at once from now on. Told once, however often probes fail. */
    void opened(HostKey host);

    /** The host answers again. */
    void closed(HostKey host);
}
