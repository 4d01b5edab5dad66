package org.waybill.format.crypt4gh.keyfile;

import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException.UnusableKey;

/** The public half of an OpenSSH key: the name of its kind, then the point of Ed25519 (RFC 8709, section 4). */
final class OpenSshPublicKey {

    /** The only kind that has something to do with X25519. */
    static final String ED25519 = "ssh-ed25519";

    static final String DAMAGED = "the OpenSSH key is cut or damaged; restore it from a copy";

    private OpenSshPublicKey() {}

    /**
     * The key as Crypt4GH uses it.
     *
     * @param file for messages
     */
    static Crypt4ghPublicKey read(byte[] bytes, Path file) {
        return Ed25519Key.toX25519(point(bytes, file)).orElseThrow(() -> new UnusableKey(file, DAMAGED));
    }

    /** The point as it stands there. */
    static byte[] point(byte[] bytes, Path file) {
        try {
            OpenSshFields fields = new OpenSshFields(bytes);
            if (!fields.text().equals(ED25519)) {
                throw new UnusableKey(
                        file, KeyFileContent.Kind.OTHER_OPENSSH + "; make one with \"waybill crypt keygen\"");
            }
            return fields.string();
        } catch (BufferUnderflowException e) {
            throw new UnusableKey(file, DAMAGED);
        }
    }
}
