package dev.onward.dispatch.store;

import dev.onward.dispatch.store.CallEnds.CallEnd;
import java.sql.SQLException;
import java.util.List;
import org.jboss.logging.Logger;
import org.jdbi.v3.core.Handle;

/** Tells of the ends of calls that somebody waits for. */
final class Awaited {

    private static final Logger LOG = Logger.getLogger(Awaited.class);

    private Awaited() {}

    /** Tells those that an instance waits for; gives what to do after the commit, which never throws. */
    static Runnable tell(CallEnds ends, Handle handle, List<CallEnd> ended) throws SQLException {
        List<CallEnd> awaited = ended.stream()
                .filter(end -> end.call().origin().instanceId().isPresent())
                .toList();
        if (awaited.isEmpty()) {
            return () -> {};
        }
        Runnable afterwards = ends.ended(handle, awaited);
        return () -> {
            try {
                afterwards.run();
            } catch (RuntimeException bug) {
                LOG.error("what follows the ends of calls failed after its commit", bug);
            }
        };
    }
}
