package org.waybill.format.openpgp.cipher;

import java.security.MessageDigest;
import java.util.Arrays;
import org.waybill.format.openpgp.cipher.SymmetricAlgorithm.Blocks;

/**
 * OCB (<a href="https://www.rfc-editor.org/rfc/rfc7253.html">RFC 7253</a>) for reading, with tags of 16 bytes: the mode that
 * GnuPG prefers. The offsets of a stretch are worked out first, then all its blocks are deciphered by one call, at a
 * multiple of the speed of Bouncy Castle's, which goes block by block through an AES of its own. The names are those of the
 * RFC.
 */
final class OcbDecryption implements AeadCipher {

    private static final int BLOCK = 16;
    private static final int STRETCH_BYTES = 16_384;
    private static final int DOUBLINGS = 40; // enough for 2^40 blocks

    private final Blocks encipher;
    private final Blocks decipher;
    private final byte[] lStar = new byte[BLOCK];
    private final byte[] lDollar;
    private final byte[][] l = new byte[DOUBLINGS][];
    private final byte[] offsets = new byte[STRETCH_BYTES];
    private final byte[] stretch = new byte[STRETCH_BYTES];
    private final byte[] offset = new byte[BLOCK];
    private final byte[] checksum = new byte[BLOCK];
    private final byte[] block = new byte[BLOCK];

    OcbDecryption(SymmetricAlgorithm algorithm, byte[] key) {
        this.encipher = algorithm.encryption(key);
        this.decipher = algorithm.decryption(key);
        encipher.process(new byte[BLOCK], BLOCK, lStar);
        this.lDollar = doubled(lStar);
        byte[] next = lDollar;
        for (int i = 0; i < DOUBLINGS; i++) {
            next = doubled(next);
            l[i] = next;
        }
    }

    @Override
    public boolean open(byte[] nonce, byte[] associated, byte[] in, int length, byte[] out) {
        int count = length - TAG_BYTES;
        int whole = count / BLOCK * BLOCK;
        startOffset(nonce);
        Arrays.fill(checksum, (byte) 0);
        for (int at = 0; at < whole; at += STRETCH_BYTES) {
            openStretch(in, at, Math.min(STRETCH_BYTES, whole - at), out);
        }
        if (whole < count) {
            openRest(in, whole, count - whole, out);
        }
        xor(checksum, offset);
        xor(checksum, lDollar);
        encipher.process(checksum, BLOCK, block);
        xor(block, hash(associated));
        return MessageDigest.isEqual(block, Arrays.copyOfRange(in, count, length));
    }

    private void openStretch(byte[] in, int at, int length, byte[] out) {
        for (int i = 0; i < length; i += BLOCK) {
            xor(offset, l[Integer.numberOfTrailingZeros((at + i) / BLOCK + 1)]);
            System.arraycopy(offset, 0, offsets, i, BLOCK);
        }
        for (int i = 0; i < length; i++) {
            stretch[i] = (byte) (in[at + i] ^ offsets[i]);
        }
        decipher.process(stretch, length, stretch);
        for (int i = 0; i < length; i++) {
            out[at + i] = (byte) (stretch[i] ^ offsets[i]);
        }
        for (int i = 0; i < length; i += BLOCK) {
            for (int j = 0; j < BLOCK; j++) {
                checksum[j] ^= out[at + i + j];
            }
        }
    }

    private void openRest(byte[] in, int at, int length, byte[] out) {
        xor(offset, lStar);
        encipher.process(offset, BLOCK, block);
        for (int i = 0; i < length; i++) {
            out[at + i] = (byte) (in[at + i] ^ block[i]);
            checksum[i] ^= out[at + i];
        }
        checksum[length] ^= (byte) 0x80;
    }

    /** Section 4.2, "Nonce-dependent and per-encryption variables", for a nonce of 15 bytes. */
    private void startOffset(byte[] nonce) {
        byte[] top = new byte[BLOCK];
        System.arraycopy(nonce, 0, top, BLOCK - nonce.length, nonce.length);
        top[BLOCK - 1 - nonce.length] |= 1;
        int bottom = top[BLOCK - 1] & 0x3F;
        top[BLOCK - 1] &= (byte) 0xC0;
        encipher.process(top, BLOCK, block);
        byte[] stretched = Arrays.copyOf(block, BLOCK + 8);
        for (int i = 0; i < 8; i++) {
            stretched[BLOCK + i] = (byte) (block[i] ^ block[i + 1]);
        }
        int bytes = bottom / Byte.SIZE;
        int bits = bottom % Byte.SIZE;
        for (int i = 0; i < BLOCK; i++) {
            int pair = Byte.toUnsignedInt(stretched[i + bytes]) << 8;
            if (bits > 0) {
                pair |= Byte.toUnsignedInt(stretched[i + bytes + 1]);
            }
            offset[i] = (byte) (pair >> (8 - bits));
        }
    }

    /** Section 4.1, "HASH", of the few bytes that OpenPGP associates. */
    private byte[] hash(byte[] associated) {
        byte[] sum = new byte[BLOCK];
        byte[] hashOffset = new byte[BLOCK];
        byte[] enciphered = new byte[BLOCK];
        for (int at = 0; at < associated.length; at += BLOCK) {
            boolean full = associated.length - at >= BLOCK;
            xor(hashOffset, full ? l[Integer.numberOfTrailingZeros(at / BLOCK + 1)] : lStar);
            byte[] masked = Arrays.copyOfRange(associated, at, at + BLOCK);
            if (!full) {
                masked[associated.length - at] = (byte) 0x80;
            }
            xor(masked, hashOffset);
            encipher.process(masked, BLOCK, enciphered);
            xor(sum, enciphered);
        }
        return sum;
    }

    /** Section 2, "double": times x in the field of 2^128 elements. */
    private static byte[] doubled(byte[] value) {
        byte[] twice = new byte[BLOCK];
        for (int i = 0; i < BLOCK; i++) {
            int next = i + 1 < BLOCK ? Byte.toUnsignedInt(value[i + 1]) >> 7 : 0;
            twice[i] = (byte) (value[i] << 1 | next);
        }
        if (value[0] < 0) {
            twice[BLOCK - 1] ^= (byte) 0x87;
        }
        return twice;
    }

    private static void xor(byte[] into, byte[] other) {
        for (int i = 0; i < BLOCK; i++) {
            into[i] ^= other[i];
        }
    }
}
