package org.waybill.bench;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.waybill.format.crypt4gh.Crypt4ghOutputStream;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.format.egaaes.EgaAesOutputStream;
import org.waybill.format.openpgp.OpenPgpKeys;

/** The same bytes for all: random, as compressed sequences are, and encrypted in each format. */
@State(Scope.Benchmark)
public class Content {

    static final int BLOCK_BYTES = 65_536; // of Crypt4GH; what is read at once, too

    @Param("33554432")
    public int sizeBytes;

    byte[] plain = {};
    byte[] crypt4gh = {};
    byte[] cip = {};
    byte[] openPgp = {};
    final Crypt4ghSecretKey key = Crypt4ghSecretKey.generate();
    final EgaAesKey password = EgaAesKey.derive("password".toCharArray(), 256);
    final OpenPgpKeys openPgpPassword = openPgpPassword();
    final byte[] buffer = new byte[BLOCK_BYTES];

    static byte[] plain(int sizeBytes) {
        byte[] plain = new byte[sizeBytes];
        new Random(1).nextBytes(plain);
        return plain;
    }

    private static OpenPgpKeys openPgpPassword() {
        try {
            return OpenPgpKeys.open(List.of(), null, List.of(OpenPgpMessage.PASSWORD.toCharArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Setup
    public void encrypt() throws IOException {
        plain = plain(sizeBytes);
        ByteArrayOutputStream out = new ByteArrayOutputStream(sizeBytes + sizeBytes / 1_000 + 1_000);
        try (Crypt4ghOutputStream sink = new Crypt4ghOutputStream(out, List.of(key.publicKey()))) {
            sink.write(plain);
        }
        crypt4gh = out.toByteArray();
        out.reset();
        try (EgaAesOutputStream sink = new EgaAesOutputStream(out, password)) {
            sink.write(plain);
        }
        cip = out.toByteArray();
        out.reset();
        OpenPgpMessage.write(out, plain, 1);
        openPgp = out.toByteArray();
    }

    /** Reads to the end; what has another length than the plaintext is no measurement. */
    long drain(InputStream in) throws IOException {
        long total = 0;
        for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
            total += count;
        }
        if (total != sizeBytes) {
            throw new IllegalStateException("expected " + sizeBytes + " bytes of plaintext, found " + total);
        }
        return total;
    }
}
