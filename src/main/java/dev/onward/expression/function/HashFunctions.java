package dev.onward.expression.function;

import dev.onward.expression.signature.Arguments;
import dev.onward.expression.signature.Function;
import dev.onward.expression.signature.Group;
import dev.onward.expression.value.TextValue;
import dev.onward.value.ValueType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Digests and encodings, which the model system lacks and providers ask for. */
final class HashFunctions {

    private HashFunctions() {}

    static List<Function> all() {
        return List.of(
                Definition.of("sha256", Group.STRING)
                        .takes(ValueType.STRING)
                        .gives(ValueType.STRING, HashFunctions::sha256)
                        .describedAs("The SHA-256 digest of the UTF-8 text in lower-case hexadecimal digits"),
                Definition.of("base64Encode", Group.STRING)
                        .takes(ValueType.STRING)
                        .gives(ValueType.STRING, HashFunctions::base64)
                        .describedAs("The UTF-8 text in Base64 with padding (RFC 4648, section 4)"));
    }

    private static TextValue sha256(Arguments arguments) {
        String text = arguments.text(0);
        arguments.evaluation().chargeText(text.length());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new TextValue(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private static TextValue base64(Arguments arguments) {
        byte[] utf8 = arguments.text(0).getBytes(StandardCharsets.UTF_8);
        arguments.evaluation().reserveText((utf8.length + 2L) / 3 * 4);
        return new TextValue(Base64.getEncoder().encodeToString(utf8));
    }
}
