package org.waybill.format.crypt4gh;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.waybill.format.MalformedInputException;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;

/** Keys, plaintexts and files that the tests of this room share. */
final class Samples {

    static final Path FILES = Path.of("src/test/resources/crypt4gh/files");
    static final Path KEYS = Path.of("src/test/resources/crypt4gh/keys");

    private Samples() {}

    static Crypt4ghSecretKey pythonKey() throws IOException {
        return KeyFileReader.readSecret(KEYS.resolve("node-python.sec"), "pypass".toCharArray());
    }

    static Crypt4ghSecretKey goKey() throws IOException {
        return KeyFileReader.readSecret(KEYS.resolve("node-go.sec"), "gopass".toCharArray());
    }

    static byte[] plaintext(int length, long seed) {
        byte[] plaintext = new byte[length];
        new Random(seed).nextBytes(plaintext);
        return plaintext;
    }

    static byte[] encrypt(byte[] plaintext, List<Crypt4ghPublicKey> recipients) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (Crypt4ghOutputStream out = new Crypt4ghOutputStream(file, recipients)) {
            out.write(plaintext);
        }
        return file.toByteArray();
    }

    static byte[] decrypt(byte[] file, Crypt4ghSecretKey... keys) throws IOException {
        try (InputStream in = new Crypt4ghInputStream(new ByteArrayInputStream(file), List.of(keys))) {
            return in.readAllBytes();
        }
    }

    /** What came out of a file, and the fault that ended it, if one did. */
    static final class Outcome {

        private final byte[] plaintext;
        private final @Nullable MalformedInputException fault;

        Outcome(byte[] plaintext, @Nullable MalformedInputException fault) {
            this.plaintext = plaintext;
            this.fault = fault;
        }

        byte[] plaintext() {
            return plaintext;
        }

        @Nullable
        MalformedInputException fault() {
            return fault;
        }
    }

    static Outcome outcome(byte[] file, Crypt4ghSecretKey key) {
        ByteArrayOutputStream plaintext = new ByteArrayOutputStream();
        byte[] buffer = new byte[Crypt4ghFormat.READ_BUFFER_BYTES];
        try (InputStream in = new Crypt4ghInputStream(new ByteArrayInputStream(file), List.of(key))) {
            for (int count; (count = in.read(buffer)) >= 0; ) {
                plaintext.write(buffer, 0, count);
            }
            return new Outcome(plaintext.toByteArray(), null);
        } catch (MalformedInputException e) {
            return new Outcome(plaintext.toByteArray(), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
