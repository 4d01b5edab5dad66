package org.waybill.format.openpgp;

import java.time.Instant;
import java.util.Optional;

/**
 * What is publicly known of one of our keys that messages can be encrypted for.
 *
 * @param keyId 16 upper-case hexadecimal digits, as GnuPG prints them
 * @param fingerprint of this key, not of its primary key; in upper-case hexadecimal digits
 * @param algorithm such as {@code RSA} or {@code ECDH}
 * @param bits the size of the key: 2048 and less of RSA and ElGamal is weak; 256 of a curve is not
 * @param expires when its owner lets it expire; messages are read afterwards, too
 * @param present whether the secret part is here; if not, it lies on a card or in another keyring
 */
public record OpenPgpKey(
        String keyId,
        String fingerprint,
        String algorithm,
        int bits,
        Optional<Instant> expires,
        boolean revoked,
        boolean present) {}
