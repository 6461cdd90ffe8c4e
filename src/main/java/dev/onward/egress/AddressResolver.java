package dev.onward.egress;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Tells which addresses a call may connect to. Thread-safe; never blocks its caller. */
public interface AddressResolver {

    /**
     * Looks the destination's host up and checks every address that it has.
     *
     * @param sandbox the name of the sandbox that calls; exceptions may be bound to one
     * @return at least one address, each of which may be called; fails with {@link java.net.UnknownHostException} when
     *     the name has none, with {@link DestinationRefusedException} when any of them may not be called
     */
    CompletionStage<List<InetAddress>> resolve(String sandbox, Destination destination);
}
