package org.waybill.stage.processing.pass;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.waybill.format.openpgp.OpenPgpInputStream;
import org.waybill.format.openpgp.OpenPgpKeys;
import org.waybill.format.openpgp.OpenPgpLimits;
import org.waybill.format.openpgp.OpenPgpSigners;
import org.waybill.format.openpgp.SignatureOutcome;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Reason;
import org.waybill.route.ProcessingRoute.OpenPgp;

/** What opens arriving OpenPGP messages, and what becomes of their signatures. */
final class OpenPgpAccess implements AutoCloseable {

    private static final int MAX_LAYERS = 8; // GnuPG makes two

    private final OpenPgpKeys keys;
    private final OpenPgpSigners signers;
    private final OpenPgpLimits limits;
    private final boolean requiresSignature;

    OpenPgpAccess(OpenPgpKeys keys, OpenPgpSigners signers, OpenPgp terms) {
        this.keys = keys;
        this.signers = signers;
        this.limits = new OpenPgpLimits(terms.maxSizeBytes(), terms.maxExpansion(), MAX_LAYERS);
        this.requiresSignature = terms.signature();
    }

    OpenPgpKeys keys() {
        return keys;
    }

    InputStream open(InputStream source) throws IOException {
        return new OpenPgpInputStream(source, keys, limits, signers);
    }

    /**
     * What is to be recorded of a message's signature, once it was read to its end.
     *
     * @return null if it has none
     * @throws FileRejectedException if the signature is wrong, or the route requires another
     */
    @Nullable
    String judge(SignatureOutcome signature) throws FileRejectedException {
        if (signature instanceof SignatureOutcome.Bad bad) {
            throw new FileRejectedException(
                    Reason.SIGNATURE_WRONG, "expected a signature of " + bad.keyId() + ", found one of other content");
        }
        if (signature instanceof SignatureOutcome.Good good) {
            return "signed by " + good.fingerprint();
        }
        String found = signature instanceof SignatureOutcome.Unverified unverified
                ? "signed by " + unverified.keyId() + ", not verified"
                : null;
        if (requiresSignature) {
            throw new FileRejectedException(
                    Reason.SENDER_NOT_TRUSTED,
                    "expected the signature of a signer of the route, found " + (found == null ? "none" : found));
        }
        return found;
    }

    @Override
    public void close() {
        keys.close();
    }
}
