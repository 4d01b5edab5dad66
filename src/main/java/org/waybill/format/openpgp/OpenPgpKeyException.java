package org.waybill.format.openpgp;

import java.nio.file.Path;

/** A key file cannot be used as it is: a mistake in the configuration. The message says what to do; it has no secret. */
public abstract sealed class OpenPgpKeyException extends RuntimeException {

    private OpenPgpKeyException(Path file, String reason) {
        super(file + ": " + reason);
    }

    /** The key is locked, and no passphrase was given. */
    public static final class PassphraseNeeded extends OpenPgpKeyException {
        PassphraseNeeded(Path file, String keyId) {
            super(file, "the key " + keyId + " is locked; give its passphrase");
        }
    }

    /** The passphrase does not open the key. */
    public static final class WrongPassphrase extends OpenPgpKeyException {
        WrongPassphrase(Path file, String keyId) {
            super(
                    file,
                    "the passphrase does not open the key " + keyId
                            + "; check the passphrase (or the file is damaged)");
        }
    }

    /** This is no key, or not the one that is needed, or one that is not supported. */
    public static final class UnusableKey extends OpenPgpKeyException {
        UnusableKey(Path file, String reason) {
            super(file, reason);
        }
    }
}
