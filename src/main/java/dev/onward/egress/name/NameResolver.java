package dev.onward.egress.name;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Asks the DNS for a name's addresses. Thread-safe; never blocks its caller. */
public interface NameResolver {

    /**
     * Every address of the name.
     *
     * @param host a DNS name, no address
     * @return fails with {@link java.net.UnknownHostException} when there is none or nobody could be asked
     */
    CompletionStage<List<InetAddress>> resolve(String host);
}
