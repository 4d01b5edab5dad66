package org.waybill.remote.sftp.identity;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.Base64;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A public key as SSH writes it (RFC 4253, section 6.6).
 *
 * @param type such as {@code ssh-ed25519}
 * @param base64 of the whole key, with its type
 */
record SshKey(String type, String base64) {

    static SshKey of(PublicKey key) {
        ByteArrayBuffer buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        return of(buffer.getCompactData());
    }

    /** @throws IllegalArgumentException if it is no base64, or of no key */
    static SshKey of(String base64) {
        return of(Base64.getDecoder().decode(base64));
    }

    private static SshKey of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            int length = buffer.getInt();
            if (length < 1 || length > buffer.remaining()) {
                throw new IllegalArgumentException("not a key of SSH");
            }
            String type = new String(bytes, buffer.position(), length, StandardCharsets.US_ASCII);
            return new SshKey(type, Base64.getEncoder().encodeToString(bytes));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("not a key of SSH", e);
        }
    }

    /** As ssh-keygen -l shows it: {@code SHA256:} and base64 without padding. */
    String fingerprint() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(Base64.getDecoder().decode(base64));
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** What ssh-keyscan -t calls this type. */
    String scanType() {
        if (type.startsWith("ecdsa-")) {
            return "ecdsa";
        }
        return type.replaceFirst("^ssh-", "");
    }

    @Override
    public String toString() {
        return type + " " + fingerprint();
    }
}
