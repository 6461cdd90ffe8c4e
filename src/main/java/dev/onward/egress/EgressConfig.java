package dev.onward.egress;

import io.smallrye.config.ConfigMapping;
import java.util.List;
import java.util.Optional;

/** Where calls may go, as the operator sets it. An empty value equals an unset one. */
@ConfigMapping(prefix = "onward.egress")
public interface EgressConfig {

    /**
     * Hosts that may be called although they are not public: {@code [sandbox=]target[:port]}, the target a host name, an
     * address or a CIDR, an IPv6 target in brackets when a port follows. Without a sandbox it counts for all of them,
     * without a port for every port. Unset: none.
     */
    Optional<List<String>> allow();

    /** Schemes that may be used, of {@code https} and {@code http}. Unset: {@code https}. */
    Optional<List<String>> schemes();

    /** Ports that may be called on public hosts, each from 1 to 65535. Unset: 443 and 80. */
    Optional<List<String>> ports();
}
