package org.waybill.format.openpgp;

/** What is known of a message's signatures once its end was reached; of several, the worst counts, but for missing keys. */
public sealed interface SignatureOutcome {

    /** The message is not signed. */
    record None() implements SignatureOutcome {}

    /** Signed by a key that was not given, or cannot be used here. */
    record Unverified(String keyId) implements SignatureOutcome {}

    /**
     * Signed over exactly these bytes by a key that was given. Whether that key had expired is not looked at.
     *
     * @param fingerprint of the signer's primary key, in upper-case hexadecimal digits, also where a subkey signed
     */
    record Good(String fingerprint) implements SignatureOutcome {}

    /** Claims to be signed by a key that was given, and is not: the signature or the signed bytes are others. */
    record Bad(String keyId) implements SignatureOutcome {}

    /** Of two signatures of one message: bad before good, good before unverified, unverified before none. */
    default SignatureOutcome and(SignatureOutcome other) {
        return rank(other) > rank(this) ? other : this;
    }

    private static int rank(SignatureOutcome outcome) {
        if (outcome instanceof Bad) {
            return 3;
        }
        if (outcome instanceof Good) {
            return 2;
        }
        return outcome instanceof Unverified ? 1 : 0;
    }
}
