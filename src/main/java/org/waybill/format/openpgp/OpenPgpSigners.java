package org.waybill.format.openpgp;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.waybill.format.openpgp.OpenPgpKeyException.UnusableKey;

/**
 * The public keys of those whose signatures are verified. The files are trusted as they are: whose keys they are, whether
 * they expired, and whether a subkey really belongs to its primary key is not looked at.
 */
public final class OpenPgpSigners {

    /** Nobody: signatures are recorded, and not verified. */
    public static final OpenPgpSigners NONE = new OpenPgpSigners(Map.of());

    /** A key that may have signed, with the primary key that it belongs to. */
    record Signer(PGPPublicKey key, String fingerprint) {}

    private final Map<Long, Signer> signers;

    private OpenPgpSigners(Map<Long, Signer> signers) {
        this.signers = signers;
    }

    /**
     * Reads files of public keys, armoured or not.
     *
     * @throws OpenPgpKeyException if a file holds no public key
     * @throws IOException if a file cannot be read
     */
    public static OpenPgpSigners read(List<Path> files) throws IOException {
        Map<Long, Signer> signers = new HashMap<>();
        for (Path file : files) {
            int before = signers.size();
            for (Object object : KeyRingFile.read(file)) {
                if (object instanceof PGPPublicKeyRing ring) {
                    String fingerprint = hex(ring.getPublicKey().getFingerprint());
                    ring.forEach(key -> signers.put(key.getKeyID(), new Signer(key, fingerprint)));
                }
            }
            if (signers.size() == before) {
                throw new UnusableKey(file, "no public key that is new here; write one with \"gpg --export\"");
            }
        }
        return new OpenPgpSigners(signers);
    }

    Optional<Signer> signer(long keyId) {
        return Optional.ofNullable(signers.get(keyId));
    }

    static String hex(byte[] fingerprint) {
        return HexFormat.of().formatHex(fingerprint).toUpperCase(Locale.ROOT);
    }
}
