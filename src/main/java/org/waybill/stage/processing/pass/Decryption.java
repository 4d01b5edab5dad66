package org.waybill.stage.processing.pass;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.waybill.format.DataFormat;
import org.waybill.format.crypt4gh.Crypt4ghInputStream;
import org.waybill.format.egaaes.EgaAesInputStream;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Reason;

/** Recognises how a file arrived and opens it with the key that fits. */
final class Decryption {

    private static final int HEAD_BYTES = 64;

    private final Keyring keyring;
    private final boolean acceptsPlaintext;

    Decryption(Keyring keyring, boolean acceptsPlaintext) {
        this.keyring = keyring;
        this.acceptsPlaintext = acceptsPlaintext;
    }

    /** How a file arrived, by its first bytes, which are left in the source, and its name. */
    static DataFormat recognise(String arrivedAs, BufferedInputStream source) throws IOException {
        source.mark(HEAD_BYTES);
        byte[] head = source.readNBytes(HEAD_BYTES);
        source.reset();
        return DataFormat.recognise(arrivedAs, head);
    }

    /**
     * The plaintext of a source.
     *
     * @throws FileRejectedException if the route does not read the format, or damage could not be told
     * @throws org.waybill.format.MalformedInputException if the source is not what its format asks for
     */
    InputStream open(DataFormat format, InputStream source, Verification declared)
            throws IOException, FileRejectedException {
        return switch (format) {
            case CRYPT4GH -> {
                if (keyring.secretKeys().isEmpty()) {
                    throw notRead(format);
                }
                yield new Crypt4ghInputStream(source, keyring.secretKeys(), keyring.senders());
            }
            case EGA_AES -> {
                if (!declared.declaresPlainChecksum()) {
                    throw new FileRejectedException(
                            Reason.UNPROVABLE, "expected a declared checksum of the plain content, found none");
                }
                yield new EgaAesInputStream(source, keyring.egaAesKey().orElseThrow(() -> notRead(format)));
            }
            case OPENPGP -> {
                OpenPgpAccess access = keyring.openPgp().orElseThrow(() -> notRead(format));
                yield access.open(source);
            }
            case PLAIN -> {
                if (!acceptsPlaintext) {
                    throw new FileRejectedException(
                            Reason.PLAINTEXT_REFUSED, "expected an encrypted file, found an unencrypted one");
                }
                yield source;
            }
        };
    }

    private static FileRejectedException notRead(DataFormat format) {
        return new FileRejectedException(
                Reason.FORMAT_NOT_READ, "found " + format + ", for which the route has no key");
    }
}
