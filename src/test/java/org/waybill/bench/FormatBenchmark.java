package org.waybill.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.waybill.format.crypt4gh.Crypt4ghInputStream;
import org.waybill.format.crypt4gh.Crypt4ghOutputStream;
import org.waybill.format.egaaes.EgaAesInputStream;
import org.waybill.format.openpgp.OpenPgpInputStream;
import org.waybill.format.openpgp.OpenPgpLimits;

/** Whole files through the formats, headers included. */
public class FormatBenchmark {

    @Benchmark
    public long crypt4ghDecrypt(Content content) throws IOException {
        try (InputStream in = decrypted(content)) {
            return content.drain(in);
        }
    }

    @Benchmark
    public void crypt4ghEncrypt(Content content) throws IOException {
        try (OutputStream out = encrypting(content)) {
            for (int at = 0; at < content.plain.length; at += Content.BLOCK_BYTES) {
                out.write(content.plain, at, Math.min(Content.BLOCK_BYTES, content.plain.length - at));
            }
        }
    }

    @Benchmark
    public void crypt4ghDecryptEncrypt(Content content) throws IOException {
        try (InputStream in = decrypted(content);
                OutputStream out = encrypting(content)) {
            for (int count = in.read(content.buffer); count >= 0; count = in.read(content.buffer)) {
                out.write(content.buffer, 0, count);
            }
        }
    }

    @Benchmark
    public long egaAesDecrypt(Content content) throws IOException {
        try (InputStream in = new EgaAesInputStream(new ByteArrayInputStream(content.cip), content.password)) {
            return content.drain(in);
        }
    }

    @Benchmark
    public long openPgpDecrypt(Content content) throws IOException {
        try (InputStream in = new OpenPgpInputStream(
                new ByteArrayInputStream(content.openPgp), content.openPgpPassword, OpenPgpLimits.USUAL)) {
            return content.drain(in);
        }
    }

    private static InputStream decrypted(Content content) throws IOException {
        return new Crypt4ghInputStream(new ByteArrayInputStream(content.crypt4gh), List.of(content.key));
    }

    private static OutputStream encrypting(Content content) {
        return new Crypt4ghOutputStream(OutputStream.nullOutputStream(), List.of(content.key.publicKey()));
    }
}
