package dev.onward.invocation;

import dev.onward.call.guard.CircuitListener;
import dev.onward.call.guard.HostKey;
import org.jboss.logging.Logger;

/** Tells the operator of circuits that open and close. */
final class CircuitLog implements CircuitListener {

    private static final Logger LOG = Logger.getLogger(CircuitLog.class);

    @Override
    public void opened(HostKey host) {
        LOG.warnf(
                "circuit open: sandbox %s, host %s; its calls fail at once until it answers",
                host.sandbox(), name(host));
    }

    @Override
    public void closed(HostKey host) {
        LOG.infof("circuit closed: sandbox %s, host %s", host.sandbox(), name(host));
    }

    private static String name(HostKey host) {
        return host.host() + ":" + host.port();
    }
}
