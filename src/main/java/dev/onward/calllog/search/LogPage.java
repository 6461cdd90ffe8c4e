package dev.onward.calllog.search;

import java.util.List;
import java.util.Optional;

/**
 * One page of the log.
 *
 * @param calls newest first
 * @param next where the next page begins; empty when there is none
 */
public record LogPage(List<LoggedCall> calls, Optional<LogCursor> next) {

    public LogPage {
        calls = List.copyOf(calls);
    }
}
