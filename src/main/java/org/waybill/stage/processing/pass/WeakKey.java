package org.waybill.stage.processing.pass;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.waybill.format.openpgp.OpenPgpKey;

/** What speaks against having files encrypted for an OpenPGP key of ours; it opens them all the same. */
final class WeakKey {

    private static final int STRONG_BITS = 3072; // of RSA and ElGamal: NIST SP 800-57, for use after 2030

    private WeakKey() {}

    static List<String> remarks(OpenPgpKey key, Instant now) {
        List<String> remarks = new ArrayList<>();
        String name = "OpenPGP key " + key.keyId();
        boolean byFactoring = key.algorithm().equals("RSA") || key.algorithm().equals("ElGamal");
        if (byFactoring && key.bits() < STRONG_BITS) {
            remarks.add(name + " is weak: " + key.algorithm() + " of " + key.bits() + " bits; make one of "
                    + STRONG_BITS + ", or of a curve");
        }
        key.expires()
                .filter(expiry -> !expiry.isAfter(now))
                .ifPresent(expiry -> remarks.add(name + " expired at " + expiry
                        + "; submitters' programs refuse it: extend it or make a new one"));
        if (key.revoked()) {
            remarks.add(name + " is revoked; submitters' programs refuse it: make a new one");
        }
        if (!key.present()) {
            remarks.add(name + " has no secret part in its file; what is encrypted for it cannot be opened");
        }
        return remarks;
    }
}
