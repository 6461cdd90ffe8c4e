package dev.onward.call;

import java.util.Optional;

/**
 * What one attempt showed, redacted but for the answer inside {@code end}.
 *
 * @param url as sent
 * @param response as far as it came, if its head did
 */
public record ExchangeReport(
        AttemptEnd end,
        String url,
        CapturedMessage request,
        Optional<CapturedMessage> response,
        Timings timings,
        Passage passage) {}
