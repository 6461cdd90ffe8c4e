package dev.onward.call.http;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How calls leave the house, as the operator sets it. An empty value equals an unset one. */
@ConfigMapping(prefix = "onward.egress")
public interface RouteConfig {

    /**
     * The proxy of every call: {@code http://[user:password@]host:port}, which must allow {@code CONNECT} to addresses,
     * or the same with {@code socks5}. Names are looked up and checked here first, so that the proxy never sees one. An
     * HTTP proxy carries https calls only. Unset: none.
     */
    Optional<String> proxy();

    /**
     * The path of a file with the certificates of authorities that are trusted beside those of the JVM: PEM, or a
     * PKCS#12 or JKS store. Unset: only those of the JVM.
     */
    Optional<String> trustStore();

    /** The password of the trust store, when it is no PEM file. Unset: none. */
    Optional<String> trustStorePassword();
}
