package org.waybill.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.route.yaml.InvalidRouteException;

/** Whatever stands in a route file: it is read, or it is refused with one line for each mistake and without the secrets. */
class RouteFuzzTest {

    private static final int FILES = 2000;
    private static final String SECRET = "hunter2";
    private static final String[] SCRAPS = {
        ":",
        ": ",
        "\n",
        "  ",
        "\t",
        "- ",
        "[",
        "]",
        "{",
        "}",
        "\"",
        "'",
        "&a ",
        "*a",
        "!a ",
        "|\n",
        ">\n",
        "? ",
        "#",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "<<: ",
        "null",
        "~",
        "\0",
        "\u0085",
        "\ufeff",
        "𝄞",
        "-1",
        "999999999999"
    };

    @TempDir
    private Path home;

    @Test
    void mutatedFilesAreReadOrRefused() throws IOException {
        String original;
        try (InputStream in = getClass().getResourceAsStream("/route/ega.yaml")) {
            original = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("env:\\w+", SECRET);
        }
        Files.createDirectory(home.resolve("jobs"));
        Random random = new Random(2026);
        int refused = 0;
        for (int i = 0; i < FILES; i++) {
            String text = random.nextBoolean() ? original : original.replace(SECRET, "env:SECRET");
            for (int mutations = 1 + random.nextInt(4); mutations > 0; mutations--) {
                text = mutated(text, random);
            }
            Files.write(home.resolve("jobs/ega.yaml"), bytes(text, random));
            try {
                new RouteFiles(home).named("ega");
            } catch (InvalidRouteException e) {
                refused++;
                assertThat(e.getMessage()).as(text).doesNotContain(SECRET);
                assertThat(e.problems()).as(text).isNotEmpty().allSatisfy(problem -> assertThat(problem.toString())
                        .matches("jobs/ega\\.yaml(:\\d+)?: .+; .+"));
            }
        }
        assertThat(refused).isBetween(FILES / 2, FILES - 50);
    }

    private static String mutated(String text, Random random) {
        int from = random.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + random.nextInt(12));
        return switch (random.nextInt(4)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + SCRAPS[random.nextInt(SCRAPS.length)] + text.substring(from);
            case 2 -> text.substring(0, to) + text.substring(from);
            default -> text.substring(0, from) + (char) random.nextInt(256) + text.substring(to);
        };
    }

    private static byte[] bytes(String text, Random random) {
        return text.getBytes(random.nextInt(10) == 0 ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8);
    }
}
