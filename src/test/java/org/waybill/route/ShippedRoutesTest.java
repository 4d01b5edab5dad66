package org.waybill.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.route.acknowledgement.AcknowledgementRoute;

/** Every file in {@code jobs/} is a route that can be used as it is. */
class ShippedRoutesTest {

    private static final Path HOME = Path.of("");

    @Test
    void everyFileIsARoute() throws IOException {
        try (Stream<Path> files = Files.list(HOME.resolve("jobs"))) {
            assertThat(new RouteFiles(HOME).all()).hasSize((int) files.count()).isNotEmpty();
        }
    }

    @Test
    void theEgaRouteTakesCrypt4ghAndEgaAes() {
        ProcessingRoute processing = new RouteFiles(HOME).named("ega").processing();

        assertThat(processing.crypt4gh()).isPresent();
        assertThat(processing.egaAes()).isPresent();
        assertThat(processing.acceptPlaintext()).isFalse();
    }

    /** Who removes the comment signs before the EGA API has a route, too. */
    @Test
    void whatIsCommentedOutIsValid(@TempDir Path home) throws IOException {
        String shipped = Files.readString(HOME.resolve("jobs/ega.yaml"));
        Files.createDirectory(home.resolve("jobs"));
        Files.writeString(
                home.resolve("jobs/ega.yaml"),
                shipped.replace("  # ega-api:", "  ega-api:").replace("  #   ", "    "));

        assertThat(new RouteFiles(home).named("ega").intake().egaApi()).isPresent();
    }

    @Test
    void whatIsCommentedOutOfTheAcknowledgementIsValid(@TempDir Path home) throws IOException {
        String shipped = Files.readString(HOME.resolve("jobs/results.yaml"));
        int acknowledgement = shipped.indexOf("\nacknowledgement:");
        Files.createDirectory(home.resolve("jobs"));
        Files.writeString(
                home.resolve("jobs/results.yaml"),
                shipped.substring(0, acknowledgement)
                        + shipped.substring(acknowledgement).replaceAll("(?m)^  # ", "  "));

        AcknowledgementRoute route =
                new RouteFiles(home).named("results").acknowledgement().orElseThrow();

        assertThat(route.readers()).containsOnlyKeys("ours");
        assertThat(route.users()).containsOnlyKeys("gaborone");
        assertThat(route.addresses()).containsOnlyKeys("gaborone");
        assertThat(route.acks()).isPresent();
        assertThat(route.logs()).singleElement().satisfies(log -> assertThat(log.folder())
                .isEqualTo("logs"));
    }
}
