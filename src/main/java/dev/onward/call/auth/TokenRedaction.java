package dev.onward.call.auth;

import dev.onward.call.AttemptRecord;
import dev.onward.call.CapturedMessage;
import dev.onward.egress.Header;
import dev.onward.secret.Masker;
import dev.onward.secret.SecretText;
import java.util.List;
import java.util.Optional;

/**
 * What of an exchange with a token's endpoint may be shown, whether it gave a token or an error: no secret by its value,
 * and nothing that is named like one.
 */
final class TokenRedaction {

    private TokenRedaction() {}

    /**
     * The record with its messages masked.
     *
     * @param masker of the credential and of what was sent
     * @param granted tokens of the answer
     */
    static AttemptRecord of(AttemptRecord record, Masker masker, List<String> granted) {
        Masker all = masker.and(Masker.of(granted.stream().map(SecretText::of).toList()));
        return new AttemptRecord(
                record.number(),
                record.startedAt(),
                record.method(),
                record.url(),
                masked(record.request(), all),
                record.status(),
                record.response().map(answer -> masked(answer, all)),
                record.error(),
                record.timings(),
                record.passage(),
                record.retryIn());
    }

    private static CapturedMessage masked(CapturedMessage message, Masker masker) {
        List<Header> headers = message.headers().stream()
                .map(header -> new Header(header.name(), masker.mask(header.value())))
                .toList();
        Optional<String> body = message.body().map(masker::mask).map(SecretNames::masked);
        return new CapturedMessage(headers, body, message.bodyTruncated());
    }
}
