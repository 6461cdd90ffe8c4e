package dev.onward.testsupport;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Secrets that are told apart and found again, as they are, inside URL-encoded or JSON text, and inside Base64: each holds
 * letters and digits that occur nowhere else and that no encoding but Base64 changes.
 */
public final class Markers {

    private static final Pattern PLACE = Pattern.compile("\\$([a-z ]+)\\$");
    private static final int CORE_BYTES = 12;
    private static final int SHORTEST_TRACE = 16;

    private final SecureRandom random = new SecureRandom();
    private final Map<String, String> values = new LinkedHashMap<>();
    private final Map<String, List<String>> traces = new LinkedHashMap<>();

    /** The marker of a name, which has characters that URLs, JSON and Base64 write in another way. */
    public String of(String name) {
        return values.computeIfAbsent(name, absent -> {
            return core(name) + "/+*~%=&" + core(name);
        });
    }

    /** As {@link #of}, of letters and digits alone. */
    public String plain(String name) {
        return values.computeIfAbsent(name, this::core);
    }

    /** A private key, PEM; as {@link #watched}. */
    public String pem(String name) {
        return values.computeIfAbsent(name, absent -> {
            try {
                KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
                generator.initialize(2_048);
                String base64 = Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
                return watched(name, "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
            } catch (GeneralSecurityException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }

    /** Watches for a private key, PEM, that somebody else made: its marker is any line of Base64 but the first. */
    public String watched(String name, String pem) {
        List<String> lines = pem.lines().toList();
        // The first line says which algorithm it is: all keys share it. A short one may be found anywhere.
        List<String> found = lines.subList(2, lines.size() - 1).stream()
                .filter(line -> line.length() >= SHORTEST_TRACE)
                .toList();
        if (found.isEmpty()) {
            throw new IllegalArgumentException("this key is too short to be found again");
        }
        found.forEach(line -> add(name, line));
        return pem;
    }

    /** Watches for a text that somebody else made. */
    public void add(String name, String text) {
        List<String> of = traces.computeIfAbsent(name, absent -> new ArrayList<>());
        of.add(text);
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (int alignment = 0; alignment < 3; alignment++) {
            byte[] shifted = new byte[alignment + bytes.length];
            System.arraycopy(bytes, 0, shifted, alignment, bytes.length);
            String base64 = Base64.getEncoder().withoutPadding().encodeToString(shifted);
            of.add(base64.substring((alignment * 8 + 5) / 6, shifted.length * 8 / 6));
        }
    }

    /** The text with the markers in the places of {@code $name$}. */
    public String filled(String text) {
        return PLACE.matcher(text).replaceAll(place -> Matcher.quoteReplacement(of(place.group(1))));
    }

    /** Whose markers stand in a text, in whole or in half. */
    public List<String> namesIn(String text) {
        return traces.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(text::contains))
                .map(Map.Entry::getKey)
                .toList();
    }

    private String core(String name) {
        byte[] bytes = new byte[CORE_BYTES];
        random.nextBytes(bytes);
        StringBuilder core = new StringBuilder("mk");
        for (byte octet : bytes) {
            core.append("%02x".formatted(octet));
        }
        add(name, core.toString());
        return core.toString();
    }
}
