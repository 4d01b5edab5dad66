package org.waybill.report.metrics;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;

/**
 * The file of a route for the textfile collector of node_exporter.
 *
 * @param folder which the collector looks at; every {@code *.prom} in it
 */
public record MetricsFile(Path folder, String route) {

    /** Of one that is younger, its writer may still live. */
    private static final Duration LEFT_BEHIND_AFTER = Duration.ofHours(1);

    public Path path() {
        return folder.resolve("waybill-" + route + ".prom");
    }

    /** Replaces the file, readable for all, so that who reads it meanwhile finds it whole, either as it was or as it is now. */
    public void write(MetricSnapshots snapshots) throws IOException {
        sweep();
        Path beside = Files.createTempFile(folder, prefix(), ".new");
        try {
            try (OutputStream out = Files.newOutputStream(beside)) {
                PrometheusTextFormatWriter.create().write(out, snapshots);
            }
            Files.setPosixFilePermissions(beside, PosixFilePermissions.fromString("rw-r--r--"));
            Files.move(beside, path(), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** What a process that was killed has left behind. */
    private void sweep() throws IOException {
        Instant old = Instant.now().minus(LEFT_BEHIND_AFTER);
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, prefix() + "*.new")) {
            for (Path file : left) {
                if (Files.getLastModifiedTime(file).toInstant().isBefore(old)) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private String prefix() {
        return ".waybill-" + route + ".prom-";
    }
}
