package org.waybill.remote.res;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import javax.security.auth.Destroyable;

/** What a file is on one side of the service: its format, and the key if there is one. Shows no key. */
public final class ResSide implements Destroyable, AutoCloseable {

    private static final String UNRESERVED = "-._~"; // beside letters and digits: RFC 3986, section 2.3

    private final ResFormat format;
    private final char[] key;
    private boolean destroyed;

    private ResSide(ResFormat format, char[] key) {
        this.format = format;
        this.key = key;
    }

    /**
     * A side without a key: plain, or a format whose key the service has itself.
     *
     * @throws IllegalArgumentException if the format needs one
     */
    public static ResSide of(ResFormat format) {
        if (format.needsKey()) {
            throw new IllegalArgumentException("the re-encryption service needs a key for " + format);
        }
        return new ResSide(format, new char[0]);
    }

    /**
     * A side with a key, as the service wants it: for AES a password.
     *
     * @param key copied; the caller may clear its own
     * @throws IllegalArgumentException if the key is empty, or the format has none
     */
    public static ResSide of(ResFormat format, char[] key) {
        if (key.length == 0 || format.equals(ResFormat.PLAIN)) {
            throw new IllegalArgumentException(
                    key.length == 0 ? "the key for the re-encryption service is empty" : "plain files have no key");
        }
        return new ResSide(format, key.clone());
    }

    ResFormat format() {
        return format;
    }

    /** This side as parameters of a query: {@code sourceFormat=aes256&sourceKey=…}. */
    String parameters(String side) {
        if (destroyed) {
            throw new IllegalStateException("the key for the re-encryption service has been cleared");
        }
        String formatOnly = side + "Format=" + format;
        return key.length == 0 ? formatOnly : formatOnly + "&" + side + "Key=" + encoded(CharBuffer.wrap(key));
    }

    /**
     * Percent-encoded UTF-8, all but letters, digits and four signs: a plus would be read as a blank.
     *
     * @throws IllegalArgumentException if it has half a surrogate pair
     */
    static String encoded(CharBuffer text) {
        ByteBuffer bytes;
        try {
            bytes = UTF_8.newEncoder().encode(text.duplicate());
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("the key or path for the re-encryption service is not text");
        }
        StringBuilder encoded = new StringBuilder();
        for (int i = bytes.position(); i < bytes.limit(); i++) {
            char sign = (char) Byte.toUnsignedInt(bytes.get(i));
            boolean unreserved = sign < 0x80 && (Character.isLetterOrDigit(sign) || UNRESERVED.indexOf(sign) >= 0);
            encoded.append(unreserved ? String.valueOf(sign) : String.format("%%%02X", (int) sign));
        }
        Arrays.fill(bytes.array(), (byte) 0);
        return encoded.toString();
    }

    @Override
    public void destroy() {
        Arrays.fill(key, '\0');
        destroyed = true;
    }

    @Override
    public boolean isDestroyed() {
        return destroyed;
    }

    @Override
    public void close() {
        destroy();
    }

    @Override
    public String toString() {
        return key.length == 0 ? format.label() : format + " with a key";
    }
}
