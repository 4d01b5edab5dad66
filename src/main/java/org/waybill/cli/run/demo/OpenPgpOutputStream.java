package org.waybill.cli.run.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Date;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.bouncycastle.openpgp.operator.jcajce.JcePGPDataEncryptorBuilder;

/**
 * Encrypts what is written as an OpenPGP message for one key, as a submitter's program does it: AES-256, MDC, pieces of 8
 * KiB. Not compressed, as GnuPG does it with files that are compressed already, such as BAM and {@code .gz}. For one thread.
 */
final class OpenPgpOutputStream extends OutputStream {

    private static final int PIECE_BYTES = 8_192;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final OutputStream encrypted;
    private final OutputStream literal;
    private final byte[] single = new byte[1];

    /** Writes the session key at once. The data go through the Java platform's AES, which is the processor's. */
    OpenPgpOutputStream(OutputStream sink, PGPPublicKey reader) throws IOException {
        PGPEncryptedDataGenerator generator =
                new PGPEncryptedDataGenerator(new JcePGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256)
                        .setWithIntegrityPacket(true)
                        .setSecureRandom(RANDOM));
        generator.addMethod(new BcPublicKeyKeyEncryptionMethodGenerator(reader));
        try {
            encrypted = generator.open(sink, new byte[PIECE_BYTES]);
        } catch (PGPException e) {
            throw new IllegalStateException("nothing can be encrypted for the demo's OpenPGP key", e);
        }
        literal = new PGPLiteralDataGenerator()
                .open(encrypted, PGPLiteralData.BINARY, "", new Date(0), new byte[PIECE_BYTES]);
    }

    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        literal.write(bytes, from, length);
    }

    /** Writes what ends the message; the sink stays open. */
    void finish() throws IOException {
        literal.close();
        encrypted.close();
    }
}
