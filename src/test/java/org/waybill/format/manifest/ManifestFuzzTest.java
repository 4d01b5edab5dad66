package org.waybill.format.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.waybill.format.manifest.Manifests.MD5;
import static org.waybill.format.manifest.Manifests.SHA256;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.waybill.format.MalformedInputException;
import org.waybill.format.Side;
import org.waybill.format.manifest.ManifestRow.Declared;

/** Damaged manifests give rows, rejected rows or a clear refusal; never another exception, never an unsafe name. */
class ManifestFuzzTest {

    private static final int MUTANTS = 10_000;
    private static final long SEED = 20260101;
    private static final List<String> RESOURCES = List.of(
            "ega-run-table.csv",
            "ega-paired-fastq.csv",
            "ega-v1.json",
            "ega-v2.json",
            "ega-old-api.json",
            "ega-public-metadata.json",
            "sda.json");
    private static final List<String> LISTS = List.of(
            MD5 + "  a.bam\n\\" + MD5 + "  b\\\\c\nSHA256 (d) = " + SHA256 + "\n" + SHA256 + " *./e/f.gpg\r\n",
            MD5 + "  a.bam\0" + SHA256 + "  b\nc\0",
            "a.bam\t" + MD5 + "\nb.bam.cip\t" + MD5 + "\n");
    private static final List<String> TOKENS = List.of(
            "\n",
            "\r",
            "\0",
            "\t",
            "\"",
            "\\",
            "/",
            "../",
            "./",
            "/etc",
            ".waybill/",
            "{",
            "}",
            "[",
            "]",
            ",",
            ";",
            ":",
            "null",
            "\u001b",
            "\uFEFF",
            "😀",
            MD5,
            SHA256,
            " (",
            ") = ",
            "  ",
            "#",
            "<html>",
            "-1",
            "99999999999999999999",
            "\"fileName\":",
            "\"fileSize\":");

    @Test
    void mutantsAreToldRight() throws IOException {
        List<byte[]> originals = originals();
        Random random = new Random(SEED);
        int declared = 0;
        int malformed = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = mutant(originals.get(i % originals.size()), random);
            String name = List.of("m.md5", "EGAD1.txt", "m.csv", "m.json").get(random.nextInt(4));
            try {
                declared += checked(Manifests.rows(name, mutant, Map.of()));
            } catch (MalformedInputException e) {
                malformed++;
            } catch (RuntimeException e) {
                throw new AssertionError("mutant " + i + " of seed " + SEED, e);
            }
        }
        assertThat(declared).as("mutants that still declare files").isGreaterThan(MUTANTS / 10);
        assertThat(malformed).as("mutants that are refused").isGreaterThan(MUTANTS / 10);
    }

    private static int checked(List<ManifestRow> rows) {
        assertThat(rows).isNotEmpty();
        int declared = 0;
        for (ManifestRow row : rows) {
            if (row instanceof Declared file) {
                declared++;
                String name = file.name().value();
                assertThat(name).doesNotStartWith("/").doesNotMatch("(?s).*\\p{Cntrl}.*");
                assertThat(List.of(name.split("/", -1))).doesNotContain("", ".", "..");
                assertThat(name.split("/", -1)[0]).isNotEqualTo(".waybill");
                for (Side side : Side.values()) {
                    assertThat(file.of(side).checksums())
                            .allMatch(
                                    sum -> sum.hex().length() == sum.algorithm().hexDigits());
                    assertThat(file.of(side).sizeBytes().orElse(0)).isNotNegative();
                }
            }
        }
        return declared > 0 ? 1 : 0;
    }

    private static byte[] mutant(byte[] original, Random random) {
        byte[] mutant = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes && mutant.length > 0; i++) {
            int at = random.nextBoolean() ? random.nextInt(mutant.length) : startOfWord(mutant, random);
            switch (random.nextInt(5)) {
                case 0 -> mutant[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> mutant[at] = (byte) random.nextInt(256);
                case 2 ->
                    mutant = spliced(
                            mutant,
                            at,
                            TOKENS.get(random.nextInt(TOKENS.size())).getBytes(UTF_8),
                            at);
                case 3 -> mutant = spliced(mutant, at, new byte[0], Math.min(mutant.length, at + random.nextInt(40)));
                default -> mutant = spliced(mutant, at, new byte[0], mutant.length);
            }
        }
        return mutant;
    }

    /** Where a name or a value may begin, so that what is put there becomes its first segment. */
    private static int startOfWord(byte[] bytes, Random random) {
        int at = random.nextInt(bytes.length);
        while (at > 0 && " \t\"/*,(".indexOf(bytes[at - 1]) < 0) {
            at--;
        }
        return at;
    }

    private static byte[] spliced(byte[] bytes, int from, byte[] between, int to) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, from);
        out.writeBytes(between);
        out.write(bytes, to, bytes.length - to);
        return out.toByteArray();
    }

    private static List<byte[]> originals() throws IOException {
        List<byte[]> originals = new ArrayList<>();
        for (String name : RESOURCES) {
            try (InputStream in = ManifestFuzzTest.class.getResourceAsStream("/manifest/" + name)) {
                originals.add(Objects.requireNonNull(in, name).readAllBytes());
            }
        }
        LISTS.forEach(list -> originals.add(list.getBytes(UTF_8)));
        return originals;
    }
}
