package org.waybill.remote.sftp.identity;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One line of known_hosts (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT).
 *
 * @param number from 1
 */
record HostLine(int number, Marker marker, List<String> patterns, SshKey key) {

    private static final Pattern BLANKS = Pattern.compile("[ \\t]+");
    private static final String HASHED = "|1|"; // the only kind of hash: HMAC-SHA1

    enum Marker {
        NONE,
        REVOKED,
        CERT_AUTHORITY
    }

    /** @throws IllegalArgumentException if it is no such line */
    static HostLine parse(int number, String line) {
        List<String> fields = List.of(BLANKS.split(line.strip(), 5));
        Marker marker =
                switch (fields.get(0)) {
                    case "@revoked" -> Marker.REVOKED;
                    case "@cert-authority" -> Marker.CERT_AUTHORITY;
                    default -> Marker.NONE;
                };
        int first = marker == Marker.NONE ? 0 : 1;
        if (fields.size() < first + 3 || fields.get(0).startsWith("@") && marker == Marker.NONE) {
            throw new IllegalArgumentException("not: hosts, type of key, key");
        }
        SshKey key = SshKey.of(fields.get(first + 2));
        if (!key.type().equals(fields.get(first + 1))) {
            throw new IllegalArgumentException("the key is of another type than the line says");
        }
        return new HostLine(number, marker, List.of(fields.get(first).split(",")), key);
    }

    /** Whether the line is about this host; its usual port has none in the line, any other stands as [host]:port. */
    boolean isFor(SftpAddress address) {
        String host = address.host().toLowerCase(Locale.ROOT);
        String name = address.port() == SftpAddress.USUAL_PORT ? host : "[" + host + "]:" + address.port();
        boolean found = false;
        for (String pattern : patterns) {
            boolean isNegated = pattern.startsWith("!");
            if (matches(isNegated ? pattern.substring(1) : pattern, name)) {
                if (isNegated) {
                    return false;
                }
                found = true;
            }
        }
        return found;
    }

    private static boolean matches(String pattern, String name) {
        if (pattern.startsWith(HASHED)) {
            return isHashOf(pattern.substring(HASHED.length()), name);
        }
        StringBuilder expression = new StringBuilder();
        for (char c : pattern.toLowerCase(Locale.ROOT).toCharArray()) {
            expression.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
        }
        return name.matches(expression.toString());
    }

    private static boolean isHashOf(String saltAndHash, String name) {
        int bar = saltAndHash.indexOf('|');
        if (bar < 1) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(saltAndHash.substring(0, bar)), "HmacSHA1"));
            return MessageDigest.isEqual(
                    mac.doFinal(name.getBytes(UTF_8)), Base64.getDecoder().decode(saltAndHash.substring(bar + 1)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }
}
