package org.waybill.format.openpgp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPOnePassSignature;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.operator.PGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentVerifierBuilderProvider;
import org.bouncycastle.openpgp.operator.jcajce.JcaPGPContentVerifierBuilderProvider;
import org.waybill.format.openpgp.OpenPgpSigners.Signer;
import org.waybill.format.openpgp.packet.LiteralData;
import org.waybill.format.openpgp.packet.OpenPgpFormat;
import org.waybill.format.openpgp.packet.SourceBytes;

/**
 * Verifies one signature while its data pass (section 5.2.4): one announced before the data and made after them, or one
 * that stands before them whole, as PGP 2 wrote it. Text with a CR that ends no line is hashed in another way by GnuPG, so
 * that its good signature is taken for a bad one here: Bouncy Castle makes a line end of it.
 */
final class SignatureCheck implements LiteralData.Signed {

    /** What Bouncy Castle feeds and asks; it has no common type for the two. */
    private interface Verifier {
        void init(PGPContentVerifierBuilderProvider algorithms, Signer signer) throws PGPException;

        void update(byte[] bytes, int from, int count);

        boolean verify(PGPSignature signature) throws PGPException;
    }

    private final Verifier verifier;
    private final long keyId;
    private final Optional<Signer> signer; // nobody if we do not know the key, or cannot use it

    private SignatureCheck(Verifier verifier, long keyId, OpenPgpSigners signers) {
        this.verifier = verifier;
        this.keyId = keyId;
        this.signer = signers.signer(keyId).filter(this::start);
    }

    /** @param packet announces a signature that follows the data */
    static SignatureCheck announced(byte[] packet, OpenPgpSigners signers, SourceBytes source) {
        try {
            PGPOnePassSignature announcement = new PGPOnePassSignature(stream(packet));
            Verifier verifier = new Verifier() {
                @Override
                public void init(PGPContentVerifierBuilderProvider algorithms, Signer signer) throws PGPException {
                    announcement.init(algorithms, signer.key());
                }

                @Override
                public void update(byte[] bytes, int from, int count) {
                    announcement.update(bytes, from, count);
                }

                @Override
                public boolean verify(PGPSignature signature) throws PGPException {
                    return announcement.verify(signature);
                }
            };
            return new SignatureCheck(verifier, announcement.getKeyID(), signers);
        } catch (IOException | PGPException | RuntimeException e) { // of an array in memory
            throw source.malformed("a one-pass signature that cannot be read");
        }
    }

    /** @param packet a signature of the data that follow */
    static SignatureCheck standingBefore(byte[] packet, OpenPgpSigners signers, SourceBytes source) {
        PGPSignature before = parse(packet, source);
        Verifier verifier = new Verifier() {
            @Override
            public void init(PGPContentVerifierBuilderProvider algorithms, Signer signer) throws PGPException {
                before.init(algorithms, signer.key());
            }

            @Override
            public void update(byte[] bytes, int from, int count) {
                before.update(bytes, from, count);
            }

            @Override
            public boolean verify(PGPSignature signature) throws PGPException {
                return before.verify();
            }
        };
        return new SignatureCheck(verifier, before.getKeyID(), signers);
    }

    /** The Java platform's digests are several times faster; what it does not know, Bouncy Castle does. */
    private boolean start(Signer known) {
        try {
            verifier.init(new JcaPGPContentVerifierBuilderProvider(), known);
            return true;
        } catch (PGPException | RuntimeException unknownToThePlatform) {
            try {
                verifier.init(new BcPGPContentVerifierBuilderProvider(), known);
                return true;
            } catch (PGPException | RuntimeException unknownToAll) {
                return false;
            }
        }
    }

    @Override
    public void update(byte[] bytes, int from, int count) {
        if (signer.isPresent()) {
            verifier.update(bytes, from, count);
        }
    }

    /** @param packet the signature, which has come by now */
    SignatureOutcome finish(byte[] packet, SourceBytes source) {
        PGPSignature signature = parse(packet, source);
        if (signer.isEmpty()) {
            return new SignatureOutcome.Unverified(OpenPgpFormat.keyId(keyId));
        }
        boolean good;
        try {
            good = signature.getKeyID() == keyId && verifier.verify(signature);
        } catch (PGPException | RuntimeException e) { // numbers that no signature of that key can have
            good = false;
        }
        return good
                ? new SignatureOutcome.Good(signer.get().fingerprint())
                : new SignatureOutcome.Bad(OpenPgpFormat.keyId(keyId));
    }

    private static PGPSignature parse(byte[] packet, SourceBytes source) {
        try {
            return new PGPSignature(stream(packet));
        } catch (IOException | PGPException | RuntimeException e) { // of an array in memory
            throw source.malformed("a signature that cannot be read");
        }
    }

    private static BCPGInputStream stream(byte[] packet) {
        return new BCPGInputStream(new ByteArrayInputStream(packet));
    }
}
