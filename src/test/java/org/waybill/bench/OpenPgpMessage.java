package org.waybill.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Date;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPBEKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.jcajce.JcePGPDataEncryptorBuilder;

/** An OpenPGP message by password: AES-256, MDC, pieces of 8 KiB, not compressed; ours and gpg's to read. */
final class OpenPgpMessage {

    static final String PASSWORD = "password";

    private static final int FEWEST_ROUNDS = 0; // so that the password costs next to nothing
    private static final int PIECE_BYTES = 8_192;

    private OpenPgpMessage() {}

    /** @param times how often the bytes stand in the message */
    static void write(OutputStream sink, byte[] plain, int times) throws IOException {
        PGPEncryptedDataGenerator generator = new PGPEncryptedDataGenerator(
                new JcePGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256).setWithIntegrityPacket(true));
        try {
            generator.addMethod(new BcPBEKeyEncryptionMethodGenerator(
                    PASSWORD.toCharArray(),
                    new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA256),
                    FEWEST_ROUNDS));
            try (OutputStream encrypted = generator.open(sink, new byte[PIECE_BYTES]);
                    OutputStream literal = new PGPLiteralDataGenerator()
                            .open(encrypted, PGPLiteralData.BINARY, "", new Date(0), new byte[PIECE_BYTES])) {
                for (int i = 0; i < times; i++) {
                    literal.write(plain);
                }
            }
        } catch (PGPException e) {
            throw new IllegalStateException("Bouncy Castle writes no OpenPGP message", e);
        }
    }
}
