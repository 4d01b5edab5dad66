package org.waybill.stage.acknowledgement.acks;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What stands in an acknowledgement: the SHA-256 of the file, by itself or as {@code sha256sum} prints it. The name behind it is
 * not looked at: the recipient may have called the file otherwise.
 */
final class AckText {

    /** More than one line of sha256sum with the longest name has. */
    static final int MAX_BYTES = 8192;

    private static final Pattern LINE = Pattern.compile("\\\\?([0-9a-fA-F]{64})(?: [ *][^\\n]+)?\\r?\\n?");

    private AckText() {}

    /** In lower-case hex. */
    static Optional<String> sha256(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            return Optional.empty();
        }
        Matcher line = LINE.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        return line.matches() ? Optional.of(line.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
