package org.waybill.format.egaaes;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import javax.crypto.Cipher;
import org.waybill.format.TruncatedInputException;

/**
 * Decrypts an EGA AES file while it is read. Nothing tells a wrong password or a damaged file but the
 * declared length and digest of the plaintext. For one thread.
 */
public final class EgaAesInputStream extends InputStream {

    private final InputStream source;
    private final Cipher cipher;
    private final byte[] encrypted = new byte[EgaAesFormat.BUFFER_BYTES];
    private final byte[] single = new byte[1];

    /**
     * Reads the initial counter at once. The key stays the caller's, who may destroy it as soon as this returns.
     *
     * @throws TruncatedInputException if the source ends within the counter
     */
    public EgaAesInputStream(InputStream source, EgaAesKey key) throws IOException {
        this.source = source;
        byte[] iv = source.readNBytes(EgaAesFormat.IV_BYTES);
        if (iv.length < EgaAesFormat.IV_BYTES) {
            throw EgaAesFormat.shorterThanIv(iv.length);
        }
        this.cipher = key.cipher(iv);
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    /** @throws IOException of the source, unchanged */
    @Override
    public int read(byte[] out, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, out.length);
        int count = source.read(encrypted, 0, Math.min(length, encrypted.length));
        if (count > 0) {
            EgaAesFormat.update(cipher, encrypted, 0, count, out, from);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        source.close();
    }
}
