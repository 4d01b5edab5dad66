package org.waybill.cli.crypt;

import org.jspecify.annotations.Nullable;
import org.waybill.format.openpgp.SignatureOutcome;

/**
 * What became of an OpenPGP message's signature. Its shape is an interface.
 *
 * @param outcome {@code none}, {@code unverified}, {@code good} or {@code bad}
 * @param key the fingerprint of the signer's primary key where it is good, else the id of the key that is said to have
 *     signed; null of none
 */
record Signature(String outcome, @Nullable String key) {

    static Signature of(SignatureOutcome outcome) {
        if (outcome instanceof SignatureOutcome.Good good) {
            return new Signature("good", good.fingerprint());
        }
        if (outcome instanceof SignatureOutcome.Bad bad) {
            return new Signature("bad", bad.keyId());
        }
        return outcome instanceof SignatureOutcome.Unverified unverified
                ? new Signature("unverified", unverified.keyId())
                : new Signature("none", null);
    }

    boolean isGood() {
        return outcome.equals("good");
    }

    boolean isBad() {
        return outcome.equals("bad");
    }

    /** For people. */
    String text() {
        return switch (outcome) {
            case "good" -> "good, by " + key;
            case "bad" -> "bad: not of these bytes, and said to be by " + key;
            case "unverified" -> "not verified: by " + key + "; name that key's public file with --signer PUB";
            default -> "none: the message is not signed";
        };
    }
}
