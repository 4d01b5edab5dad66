package org.waybill.format.openpgp.cipher;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.waybill.format.openpgp.cipher.SymmetricAlgorithm.Blocks;

/**
 * CFB (section 13.9) for reading. Each block of plaintext is {@code C[i] xor E(C[i-1])}: all of a piece's blocks are known
 * before the first is decrypted, so that one call enciphers them all. The platform's own CFB mode goes block by block, at
 * a twentieth of that speed.
 */
final class CfbDecryption implements AutoCloseable {

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final Blocks blocks;
    private final int blockBytes;
    private final byte[] ciphertext; // the last block of the piece before, then this piece
    private final byte[] mask;

    /** Starts with an IV of zeros, as SEIPD does. */
    CfbDecryption(SessionKey key, int maxPieceBytes) {
        this.blocks = key.algorithm().encryption(key.bytes());
        this.blockBytes = key.algorithm().blockBytes();
        this.ciphertext = new byte[blockBytes + maxPieceBytes];
        this.mask = new byte[maxPieceBytes + blockBytes];
    }

    /** Where the caller puts a piece of ciphertext: from {@link #pieceStart} on. */
    byte[] piece() {
        return ciphertext;
    }

    int pieceStart() {
        return blockBytes;
    }

    /** Decrypts the piece; all pieces but the last are whole blocks. */
    void decrypt(int length, byte[] out, int at) {
        int whole = (length + blockBytes - 1) / blockBytes * blockBytes;
        blocks.process(ciphertext, whole, mask);
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            WORDS.set(out, at + i, (long) WORDS.get(mask, i) ^ (long) WORDS.get(ciphertext, blockBytes + i));
        }
        for (; i < length; i++) {
            out[at + i] = (byte) (mask[i] ^ ciphertext[blockBytes + i]);
        }
        System.arraycopy(ciphertext, length, ciphertext, 0, blockBytes);
    }

    @Override
    public void close() {
        Arrays.fill(mask, (byte) 0);
    }
}
