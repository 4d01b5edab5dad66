package org.waybill.format.egaaes;

import java.io.IOException;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.Objects;
import javax.crypto.Cipher;

/** Encrypts what is written as an EGA AES file, under a fresh random counter. For one thread. */
public final class EgaAesOutputStream extends OutputStream {

    private static final SecureRandom RANDOM = new SecureRandom();

    private final OutputStream sink;
    private final Cipher cipher;
    private final byte[] encrypted = new byte[EgaAesFormat.BUFFER_BYTES];
    private final byte[] single = new byte[1];

    /** Writes the counter at once. The key stays the caller's. */
    public EgaAesOutputStream(OutputStream sink, EgaAesKey key) throws IOException {
        this.sink = sink;
        byte[] iv = new byte[EgaAesFormat.IV_BYTES];
        RANDOM.nextBytes(iv);
        this.cipher = key.cipher(iv);
        sink.write(iv);
    }

    @Override
    public void write(int b) throws IOException {
        single[0] = (byte) b;
        write(single, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        Objects.checkFromIndexSize(from, length, bytes.length);
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, encrypted.length);
            EgaAesFormat.update(cipher, bytes, from + done, count, encrypted, 0);
            sink.write(encrypted, 0, count);
            done += count;
        }
    }

    @Override
    public void flush() throws IOException {
        sink.flush();
    }

    @Override
    public void close() throws IOException {
        sink.close();
    }
}
