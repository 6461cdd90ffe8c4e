package dev.onward.call.retry;

import com.fasterxml.jackson.core.JsonPointer;
import dev.onward.call.Answer;
import dev.onward.call.CallError;
import dev.onward.call.CallErrorCode;
import dev.onward.call.HttpMethod;
import dev.onward.call.OutboundRequest;
import dev.onward.call.Outcome;
import dev.onward.call.Redirects;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.egress.Scheme;
import dev.onward.egress.UrlReference;
import dev.onward.value.Issue;
import dev.onward.value.Issues;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Decides where a redirect leads (RFC 9110 §15.4), if anywhere. It changes nothing. */
public final class RedirectRule {

    /** Hops of one call at most. */
    public static final int MAX_HOPS = 3;

    private static final Set<String> FOR_ANYBODY = Set.of("accept", "user-agent");

    private static final String LOCATION = "Location";
    private static final int FOUND = 302;

    private RedirectRule() {}

    /**
     * What comes after an answer.
     *
     * @param request that it answers
     * @param hops of this call before
     * @return empty when the answer is no redirect that these rules follow: then the retry rule decides
     */
    public static Optional<RetryDecision> after(Answer answer, OutboundRequest request, Redirects redirects, int hops) {
        if (!follows(redirects, answer.status())) {
            return Optional.empty();
        }
        if (hops >= MAX_HOPS) {
            return Optional.of(refused(answer, "it is one more than the " + MAX_HOPS + " hops of a call"));
        }
        List<Header> locations = answer.headers().stream()
                .filter(header -> header.name().equalsIgnoreCase(LOCATION))
                .toList();
        if (locations.size() != 1) {
            return Optional.of(refused(answer, "it must have one Location header, found " + locations.size()));
        }
        Issues issues = new Issues();
        Optional<RetryDecision> next = UrlReference.resolve(
                        request.destination(), locations.get(0).value(), JsonPointer.empty(), issues)
                .map(target -> to(target, answer, request, redirects));
        return next.isPresent() ? next : Optional.of(refused(answer, illegal(issues)));
    }

    private static boolean follows(Redirects redirects, int status) {
        return switch (redirects) {
            case NONE -> false;
            case SAME_ORIGIN -> status == 301 || status == FOUND || status == 303 || status == 307 || status == 308;
            case AJO -> status == FOUND;
        };
    }

    private static RetryDecision to(Destination target, Answer answer, OutboundRequest request, Redirects redirects) {
        Destination here = request.destination();
        boolean sameOrigin = here.isSameOrigin(target);
        if (!sameOrigin && redirects == Redirects.SAME_ORIGIN) {
            return refused(answer, "it leads to another scheme, host or port");
        }
        if (here.scheme() == Scheme.HTTPS && target.scheme() == Scheme.HTTP) {
            return refused(answer, "it leads from https to http");
        }
        boolean bare = !sameOrigin || becomesGet(answer.status(), request.method());
        return new RetryDecision.Redirect(new OutboundRequest(
                bare ? HttpMethod.GET : request.method(),
                target,
                request.headers().stream()
                        .filter(header -> !(bare && isOfBody(header)) && (sameOrigin || saysNothing(header)))
                        .toList(),
                bare ? Optional.empty() : request.body()));
    }

    /** 303 asks for it; 301 and 302 do by old custom, for POST alone (RFC 9110 §15.4.2, §15.4.3). */
    private static boolean becomesGet(int status, HttpMethod method) {
        return status == 303 || (status == 301 || status == FOUND) && method == HttpMethod.POST;
    }

    private static boolean isOfBody(Header header) {
        return header.name().toLowerCase(Locale.ROOT).startsWith("content-");
    }

    /** Whether another origin may see it: any other header may be a credential or tell of a person. */
    private static boolean saysNothing(Header header) {
        return FOR_ANYBODY.contains(header.name().toLowerCase(Locale.ROOT));
    }

    private static String illegal(Issues issues) {
        return "its Location is not followed: "
                + issues.errors().stream().map(Issue::message).findFirst().orElse("it is no URL");
    }

    private static RetryDecision refused(Answer answer, String reason) {
        CallError error = new CallError(
                CallErrorCode.REDIRECT_REFUSED, "the answer is a redirect that is not followed: " + reason);
        return new RetryDecision.GiveUp(new Outcome.Failed(OptionalInt.of(answer.status()), Optional.of(error)));
    }
}
