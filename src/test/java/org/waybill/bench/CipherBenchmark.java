package org.waybill.bench;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.Provider;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.conscrypt.Conscrypt;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.waybill.format.crypt4gh.ChaCha20Poly1305;

/** The ciphers alone, block by block: what no format can be faster than. */
@State(Scope.Benchmark)
public class CipherBenchmark {

    private static final int TAG_BYTES = ChaCha20Poly1305.TAG_BYTES;

    private final SecretKeySpec chaChaKey = new SecretKeySpec(new byte[ChaCha20Poly1305.KEY_BYTES], "ChaCha20");
    private final byte[] nonce = new byte[ChaCha20Poly1305.NONCE_BYTES];
    private final byte[][] sealed = new byte[2][Content.BLOCK_BYTES + TAG_BYTES]; // two: no nonce twice in a row
    private final byte[] out = new byte[Content.BLOCK_BYTES + TAG_BYTES];
    private long counter;

    @Setup
    public void seal() throws GeneralSecurityException {
        for (int i = 0; i < sealed.length; i++) {
            Cipher cipher = chaCha(Cipher.ENCRYPT_MODE, i);
            cipher.doFinal(new byte[Content.BLOCK_BYTES], 0, Content.BLOCK_BYTES, sealed[i], 0);
        }
        counter = sealed.length;
    }

    @Benchmark
    public void primitiveChaChaOpen(Content content) throws GeneralSecurityException {
        for (int at = 0, i = 0; at < content.plain.length; at += Content.BLOCK_BYTES, i ^= 1) {
            chaCha(Cipher.DECRYPT_MODE, i).doFinal(sealed[i], 0, sealed[i].length, out, 0);
        }
    }

    @Benchmark
    public void primitiveChaChaSeal(Content content) throws GeneralSecurityException {
        for (int at = 0; at < content.plain.length; at += Content.BLOCK_BYTES) {
            chaCha(Cipher.ENCRYPT_MODE, counter++).doFinal(content.plain, at, Content.BLOCK_BYTES, out, 0);
        }
    }

    @Benchmark
    public void primitiveAesCtr(Content content) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(new byte[32], "AES"), new IvParameterSpec(new byte[16]));
        for (int at = 0; at < content.plain.length; at += Content.BLOCK_BYTES) {
            cipher.update(content.plain, at, Content.BLOCK_BYTES, out, 0);
        }
    }

    /** What CFB, OpenPGP's mode, is made of: in both directions blocks are encrypted. */
    @Benchmark
    public void primitiveAesEcb(Content content) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/ECB/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(new byte[32], "AES"));
        for (int at = 0; at < content.plain.length; at += Content.BLOCK_BYTES) {
            cipher.update(content.plain, at, Content.BLOCK_BYTES, out, 0);
        }
    }

    private final Cipher chaCha = newChaCha();

    private Cipher chaCha(int mode, long number) throws GeneralSecurityException {
        ByteBuffer.wrap(nonce).putLong(number);
        chaCha.init(mode, chaChaKey, new IvParameterSpec(nonce));
        return chaCha;
    }

    /** Of the provider that the format found to be the fastest. */
    private static Cipher newChaCha() {
        try {
            if (ChaCha20Poly1305.providerName().equals("Conscrypt")) {
                Provider conscrypt = Conscrypt.newProvider();
                return Cipher.getInstance("ChaCha20/Poly1305/NoPadding", conscrypt);
            }
            return Cipher.getInstance("ChaCha20-Poly1305");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no ChaCha20-Poly1305", e);
        }
    }
}
