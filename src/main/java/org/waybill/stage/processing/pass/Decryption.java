package org.waybill.stage.processing.pass;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.DataFormat;
import org.waybill.format.MalformedInputException;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.UntrustedSenderException;
import org.waybill.format.WrongKeyException;
import org.waybill.format.crypt4gh.Crypt4ghInputStream;
import org.waybill.format.egaaes.EgaAesInputStream;
import org.waybill.format.openpgp.TooMuchOutputException;
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
     * @throws MalformedInputException if the source is not what its format asks for
     */
    InputStream open(DataFormat format, InputStream source) throws IOException, FileRejectedException {
        return switch (format) {
            case CRYPT4GH -> {
                if (keyring.secretKeys().isEmpty()) {
                    throw notRead(format);
                }
                yield new Crypt4ghInputStream(source, keyring.secretKeys(), keyring.senders());
            }
            case EGA_AES -> new EgaAesInputStream(source, keyring.egaAesKey().orElseThrow(() -> notRead(format)));
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

    /** Why a file goes to quarantine that is not what its format asks for. */
    static Reason reason(MalformedInputException fault) {
        if (fault instanceof WrongKeyException) {
            return Reason.NO_KEY_FITS;
        }
        if (fault instanceof UntrustedSenderException) {
            return Reason.SENDER_NOT_TRUSTED;
        }
        if (fault instanceof TooMuchOutputException) {
            return Reason.INFLATES_TOO_MUCH;
        }
        if (fault instanceof AuthenticationFailedException) {
            return Reason.DAMAGED;
        }
        return fault instanceof TruncatedInputException ? Reason.TRUNCATED : Reason.MALFORMED;
    }
}
