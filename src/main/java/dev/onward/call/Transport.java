package dev.onward.call;

/** Sends single attempts. It knows nothing of retries or deadlines. Thread-safe; callable from an event loop. */
public interface Transport {

    /**
     * Starts one attempt. Never throws and never waits: whatever goes wrong is the exchange's end. Without
     * {@link Exchange#cancel} it may last as long as the provider likes.
     *
     * @param number of the attempt, from 1; another number may mean another address of the host
     * @param departure hears when the request has been written, if it comes so far
     */
    Exchange send(CallRequest request, int number, Departure departure);
}
