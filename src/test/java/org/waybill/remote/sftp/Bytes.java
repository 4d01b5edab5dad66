package org.waybill.remote.sftp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;

/** Content from a seed. */
record Bytes(byte[] bytes) implements Content {

    static Bytes random(long seed, int size) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return new Bytes(bytes);
    }

    @Override
    public long sizeBytes() {
        return bytes.length;
    }

    @Override
    public InputStream from(long offset) throws IOException {
        return new ByteArrayInputStream(bytes, (int) offset, bytes.length - (int) offset);
    }

    String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
