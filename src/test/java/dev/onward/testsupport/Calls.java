package dev.onward.testsupport;

import dev.onward.call.BodyCapture;
import dev.onward.call.CallIds;
import dev.onward.call.CallPolicy;
import dev.onward.call.CallRequest;
import dev.onward.call.Delivery;
import dev.onward.call.EndpointRules;
import dev.onward.call.HttpMethod;
import dev.onward.call.Line;
import dev.onward.call.OutboundRequest;
import dev.onward.call.Redirects;
import dev.onward.call.auth.Credential;
import dev.onward.call.retry.RetryPolicy;
import dev.onward.egress.Destination;
import dev.onward.egress.Header;
import dev.onward.egress.Scheme;
import dev.onward.sandbox.Sandbox;
import dev.onward.secret.Masker;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/** Builds calls with sound defaults: a POST of a small JSON document with the default policy. Immutable. */
public record Calls(
        Sandbox sandbox,
        OutboundRequest message,
        CallPolicy policy,
        String idempotencyKey,
        Credential credential,
        Line line) {

    private static final CallIds IDS = new CallIds(Clock.systemUTC(), new Random());

    public static final CallPolicy POLICY = new CallPolicy(
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            RetryPolicy.DEFAULT,
            Delivery.AT_LEAST_ONCE,
            BodyCapture.FULL,
            EndpointRules.DEFAULT);

    /** A call of {@code http://provider.test:port/v1/messages}. */
    public static Calls to(int port) {
        return to(new Destination(Scheme.HTTP, "provider.test", port, "/v1/messages", ""));
    }

    public static Calls to(Destination destination) {
        List<Header> headers = List.of(new Header("Content-Type", "application/json"));
        byte[] body = "{\"to\":\"+33600000000\"}".getBytes(StandardCharsets.UTF_8);
        return new Calls(
                Sandbox.DEFAULT,
                new OutboundRequest(HttpMethod.POST, destination, headers, Optional.of(body)),
                POLICY,
                "key-1",
                Credential.NONE,
                Line.NONE);
    }

    public Calls in(String otherSandbox) {
        return new Calls(new Sandbox(otherSandbox), message, policy, idempotencyKey, credential, line);
    }

    public Calls credential(Credential other) {
        return new Calls(sandbox, message, policy, idempotencyKey, other, line);
    }

    public Calls in(Line other) {
        return new Calls(sandbox, message, policy, idempotencyKey, credential, other);
    }

    public Calls key(String key) {
        return new Calls(sandbox, message, policy, key, credential, line);
    }

    public Calls method(HttpMethod method) {
        return message(new OutboundRequest(method, message.destination(), message.headers(), message.body()));
    }

    public Calls body(byte[] body) {
        return message(
                new OutboundRequest(message.method(), message.destination(), message.headers(), Optional.of(body)));
    }

    public Calls noBody() {
        return message(
                new OutboundRequest(message.method(), message.destination(), message.headers(), Optional.empty()));
    }

    public Calls header(String name, String value) {
        List<Header> headers = new ArrayList<>(message.headers());
        headers.add(new Header(name, value));
        return message(new OutboundRequest(message.method(), message.destination(), headers, message.body()));
    }

    public Calls message(OutboundRequest other) {
        return new Calls(sandbox, other, policy, idempotencyKey, credential, line);
    }

    public Calls window(Duration window) {
        return patience(window, policy.attemptTimeout());
    }

    public Calls attemptTimeout(Duration timeout) {
        return patience(policy.window(), timeout);
    }

    public Calls retry(RetryPolicy retry) {
        return policy(retry, policy.delivery(), policy.capture());
    }

    public Calls delivery(Delivery delivery) {
        return policy(policy.retry(), delivery, policy.capture());
    }

    public Calls capture(BodyCapture capture) {
        return policy(policy.retry(), policy.delivery(), capture);
    }

    public Calls redirects(Redirects redirects) {
        return policy(policy.withEndpoint(
                new EndpointRules(redirects, policy.endpoint().maxConcurrency())));
    }

    public Calls maxConcurrency(int bound) {
        return policy(policy.withEndpoint(new EndpointRules(policy.endpoint().redirects(), OptionalInt.of(bound))));
    }

    private Calls patience(Duration window, Duration attempt) {
        return policy(new CallPolicy(
                window, attempt, policy.retry(), policy.delivery(), policy.capture(), policy.endpoint()));
    }

    private Calls policy(RetryPolicy retry, Delivery delivery, BodyCapture capture) {
        return policy(
                new CallPolicy(policy.window(), policy.attemptTimeout(), retry, delivery, capture, policy.endpoint()));
    }

    public Calls policy(CallPolicy other) {
        return new Calls(sandbox, message, other, idempotencyKey, credential, line);
    }

    public CallRequest build() {
        return new CallRequest(
                IDS.next(), sandbox, message, policy, idempotencyKey, Optional.empty(), credential, Masker.NONE, line);
    }
}
