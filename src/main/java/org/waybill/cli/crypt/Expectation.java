package org.waybill.cli.crypt;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.crypt.stream.Measured;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say what a plaintext must be: the only proof that it is whole. */
final class Expectation {

    @Option(
            names = "--expect-sha256",
            paramLabel = "HEX",
            converter = Sha256.class,
            description = "The SHA-256 that the decrypted bytes must have.")
    private @Nullable Checksum sha256;

    @Option(
            names = "--expect-md5",
            paramLabel = "HEX",
            converter = Md5.class,
            description = "The MD5 that the decrypted bytes must have.")
    private @Nullable Checksum md5;

    @Option(names = "--expect-size", paramLabel = "BYTES", description = "How many decrypted bytes there must be.")
    private @Nullable Long size;

    boolean isThere() {
        return size != null || checksums().findAny().isPresent();
    }

    /** Which checksums must be computed of the plaintext. */
    Set<ChecksumAlgorithm> algorithms() {
        EnumSet<ChecksumAlgorithm> algorithms = EnumSet.noneOf(ChecksumAlgorithm.class);
        checksums().forEach(checksum -> algorithms.add(checksum.algorithm()));
        return algorithms;
    }

    /** @throws CommandFailedException if something else was found */
    void require(Measured found, String name) {
        if (size != null && size != found.size()) {
            throw mismatch(name, size + " bytes", found.size() + " bytes");
        }
        checksums().forEach(expected -> require(expected, found.checksums(), name));
    }

    private static void require(Checksum expected, List<Checksum> found, String name) {
        found.stream()
                .filter(checksum -> checksum.algorithm() == expected.algorithm())
                .filter(checksum -> !checksum.equals(expected))
                .forEach(checksum -> {
                    throw mismatch(name, expected.toString(), checksum.toString());
                });
    }

    private Stream<Checksum> checksums() {
        return Stream.of(sha256, md5).filter(Objects::nonNull).map(Objects::requireNonNull);
    }

    private static CommandFailedException mismatch(String name, String expected, String found) {
        return new CommandFailedException(
                ExitCode.FAILED,
                name + ": its plaintext was expected to be " + expected + ", and " + found + " was found");
    }

    static final class Sha256 extends OfAlgorithm {
        Sha256() {
            super(ChecksumAlgorithm.SHA256);
        }
    }

    static final class Md5 extends OfAlgorithm {
        Md5() {
            super(ChecksumAlgorithm.MD5);
        }
    }

    private abstract static class OfAlgorithm implements ITypeConverter<Checksum> {

        private final ChecksumAlgorithm algorithm;

        OfAlgorithm(ChecksumAlgorithm algorithm) {
            this.algorithm = algorithm;
        }

        @Override
        public Checksum convert(String text) {
            try {
                return new Checksum(algorithm, text.strip());
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}
