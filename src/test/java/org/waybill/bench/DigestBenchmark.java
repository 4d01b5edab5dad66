package org.waybill.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.checksum.DigestingInputStream;
import org.waybill.format.checksum.Digests;

/** Each checksum, as a stream is read through it and by itself. */
@State(Scope.Benchmark)
public class DigestBenchmark {

    @Param
    public ChecksumAlgorithm algorithm = ChecksumAlgorithm.MD5;

    @Benchmark
    public Object digest(Content content) throws IOException {
        InputStream plain = new ByteArrayInputStream(content.plain);
        try (DigestingInputStream in = new DigestingInputStream(plain, new Digests(Set.of(algorithm)))) {
            content.drain(in);
            return in.finish();
        }
    }

    @Benchmark
    public byte[] primitiveDigest(Content content) {
        MessageDigest digest = algorithm.newDigest();
        for (int at = 0; at < content.plain.length; at += Content.BLOCK_BYTES) {
            digest.update(content.plain, at, Math.min(Content.BLOCK_BYTES, content.plain.length - at));
        }
        return digest.digest();
    }
}
