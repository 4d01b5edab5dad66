package org.waybill.format.crypt4gh.keyfile;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.waybill.format.crypt4gh.Crypt4ghFormat;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;

/** What a file that should be a key holds; zeroed by {@link #close()}. */
final class KeyFileContent implements AutoCloseable {

    /** Told by the content; the label is asked only where bytes alone cannot tell. */
    enum Kind {
        PUBLIC_KEY("a public key"),
        SECRET_KEY("a secret key"),
        C4GH_SECRET_KEY("a secret key"),
        OPENSSH_PUBLIC_KEY("an OpenSSH public key"),
        OPENSSH_SECRET_KEY("an OpenSSH secret key"),
        OTHER_OPENSSH("an OpenSSH key of another kind than Ed25519"),
        SEVERAL_OPENSSH("several OpenSSH keys (give each its own file)"),
        OPENPGP("an OpenPGP key or message"),
        LOCKED_PKCS8("a locked PKCS#8 key (unlock it with openssl pkey)"),
        OTHER_ALGORITHM("a key of another algorithm than X25519"),
        CRYPT4GH_FILE("a file encrypted by Crypt4GH"),
        UNKNOWN("no key");

        private final String description;

        Kind(String description) {
            this.description = description;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    private static final int MAX_FILE_BYTES = 65_536; // a key file has a few hundred
    private static final int KEY_BYTES = Crypt4ghSecretKey.BYTES;

    private static final byte[] C4GH_MAGIC = ascii("c4gh-v1");
    private static final byte[] OPENSSH_MAGIC = ascii("openssh-key-v1\0");
    private static final byte[] OPENSSH_ED25519 = ascii(OpenSshPublicKey.ED25519 + " ");
    private static final List<byte[]> OTHER_OPENSSH = List.of(ascii("ssh-"), ascii("ecdsa-sha2-"), ascii("sk-"));
    private static final byte[] OPENPGP_LABEL = ascii("-----BEGIN PGP ");
    private static final byte[] LABEL_START = ascii("-----BEGIN ");
    private static final byte[] LABEL_END = ascii("-----");
    private static final byte[] PUBLIC = ascii("PUBLIC KEY");
    private static final byte[] PRIVATE = ascii("PRIVATE KEY");
    private static final byte[] ENCRYPTED = ascii("ENCRYPTED ");

    private static final byte DER_SEQUENCE = 0x30;
    // RFC 8410: the DER that stands before the 32 bytes, with the object identifier of X25519, 1.3.101.110
    private static final byte[] PKCS8_X25519 = HexFormat.of().parseHex("302e020100300506032b656e04220420");
    private static final byte[] SPKI_X25519 = HexFormat.of().parseHex("302a300506032b656e032100");

    private final Kind kind;
    private final byte[] bytes;

    private KeyFileContent(Kind kind, byte[] bytes) {
        this.kind = kind;
        this.bytes = bytes;
    }

    static KeyFileContent read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_FILE_BYTES);
            try {
                return recognise(bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        }
    }

    Kind kind() {
        return kind;
    }

    /** The key itself, or what must be unlocked first; nothing of what is no key for us. */
    byte[] bytes() {
        return bytes;
    }

    private static KeyFileContent recognise(byte[] file) {
        int label = indexOf(file, LABEL_START, 0);
        if (startsWith(file, OPENSSH_ED25519)) {
            return openSshPublic(file);
        }
        if (OTHER_OPENSSH.stream().anyMatch(kind -> startsWith(file, kind))) {
            return without(Kind.OTHER_OPENSSH);
        }
        if (Crypt4ghFormat.isCrypt4gh(file)) {
            return without(Kind.CRYPT4GH_FILE);
        }
        if (label < 0) {
            return file.length == KEY_BYTES ? new KeyFileContent(Kind.SECRET_KEY, file.clone()) : without(Kind.UNKNOWN);
        }
        if (indexOf(file, OPENPGP_LABEL, 0) >= 0) {
            return without(Kind.OPENPGP);
        }
        return recognisePem(file, label + LABEL_START.length);
    }

    /** One line: the kind, the key in base64, perhaps a comment. */
    private static KeyFileContent openSshPublic(byte[] file) {
        String text = new String(file, StandardCharsets.ISO_8859_1).strip();
        if (text.lines().count() > 1) {
            return without(Kind.SEVERAL_OPENSSH);
        }
        String key = text.substring(OPENSSH_ED25519.length).strip().split("\\s", 2)[0];
        byte[] base64 = key.getBytes(StandardCharsets.ISO_8859_1);
        return new KeyFileContent(Kind.OPENSSH_PUBLIC_KEY, decode(base64, 0, base64.length));
    }

    private static KeyFileContent recognisePem(byte[] file, int label) {
        int labelEnd = Math.max(label, indexOf(file, LABEL_END, label));
        int bodyEnd = indexOf(file, LABEL_END, labelEnd + LABEL_END.length);
        if (bodyEnd < 0) {
            return without(Kind.UNKNOWN);
        }
        byte[] body = decode(file, labelEnd + LABEL_END.length, bodyEnd);
        Kind kind = kindOf(body, Arrays.copyOfRange(file, label, labelEnd));
        byte[] kept = kind == Kind.C4GH_SECRET_KEY || kind == Kind.OPENSSH_SECRET_KEY
                ? body.clone()
                : Arrays.copyOfRange(body, Math.max(0, body.length - KEY_BYTES), body.length);
        Arrays.fill(body, (byte) 0);
        return new KeyFileContent(kind, kept);
    }

    private static Kind kindOf(byte[] body, byte[] label) {
        if (startsWith(body, C4GH_MAGIC)) {
            return Kind.C4GH_SECRET_KEY;
        }
        if (startsWith(body, OPENSSH_MAGIC)) {
            return Kind.OPENSSH_SECRET_KEY;
        }
        if (body.length == KEY_BYTES && indexOf(label, PUBLIC, 0) >= 0) {
            return Kind.PUBLIC_KEY;
        }
        if (body.length == KEY_BYTES && indexOf(label, PRIVATE, 0) >= 0) {
            return Kind.SECRET_KEY;
        }
        if (body.length == PKCS8_X25519.length + KEY_BYTES && startsWith(body, PKCS8_X25519)) {
            return Kind.SECRET_KEY;
        }
        if (body.length == SPKI_X25519.length + KEY_BYTES && startsWith(body, SPKI_X25519)) {
            return Kind.PUBLIC_KEY;
        }
        if (body.length == 0 || body[0] != DER_SEQUENCE) {
            return Kind.UNKNOWN;
        }
        return startsWith(label, ENCRYPTED) ? Kind.LOCKED_PKCS8 : Kind.OTHER_ALGORITHM;
    }

    /** Base64 in one line or in many; an empty array if it is not base64. */
    private static byte[] decode(byte[] file, int from, int to) {
        ByteArrayOutputStream digits = new ByteArrayOutputStream(to - from);
        for (int i = from; i < to; i++) {
            if (!Character.isWhitespace(file[i])) {
                digits.write(file[i]);
            }
        }
        try {
            return Base64.getDecoder().decode(digits.toByteArray());
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static KeyFileContent without(Kind kind) {
        return new KeyFileContent(kind, new byte[0]);
    }

    private static boolean startsWith(byte[] bytes, byte[] prefix) {
        return bytes.length >= prefix.length && Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int i = from; i <= bytes.length - wanted.length; i++) {
            if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
    }

    @Override
    public String toString() {
        return kind.toString();
    }
}
