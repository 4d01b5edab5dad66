package org.waybill.cli.run.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.DataFormat;
import org.waybill.format.checksum.DigestingOutputStream;
import org.waybill.format.checksum.Digests;
import org.waybill.format.checksum.SidecarLine;
import org.waybill.run.pulse.Progress;

/**
 * A dataset of the demo: files as an uploader leaves them, and their manifest.
 *
 * @param id EGAD9 and the seconds of the clock: no dataset of EGA's, and another one each time
 */
record DemoDataset(String id, int files, ByteSize size, Envelope.Mix mix) {

    /** A dataset that the home does not have yet. */
    static DemoDataset next(DemoHome home, InstantSource clock, int files, ByteSize size, Envelope.Mix mix) {
        long number = clock.instant().getEpochSecond();
        while (Files.exists(manifest(home, id(number)))
                || Files.exists(home.incoming().resolve(id(number)))) {
            number++;
        }
        return new DemoDataset(id(number), files, size, mix);
    }

    long bytes() {
        return files * size.bytes();
    }

    /** Makes all files, some at a time, then the manifest; or nothing. */
    void make(DemoHome home, Progress progress) throws IOException, InterruptedException {
        progress.begin("making files");
        progress.expect(files, bytes());
        Path folder = Files.createDirectory(home.incoming().resolve(id));
        ExecutorService workers =
                Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors());
        try (Envelope envelope = Envelope.of(home)) {
            List<Future<String>> lines = new ArrayList<>();
            for (int number = 1; number <= files; number++) {
                int each = number;
                lines.add(workers.submit(() -> makeFile(folder, each, envelope, progress)));
            }
            StringBuilder text = new StringBuilder();
            for (Future<String> line : lines) {
                text.append(line.get());
            }
            Path unready = Files.writeString(home.path().resolve(id + ".md5"), text);
            Files.move(unready, manifest(home, id), StandardCopyOption.ATOMIC_MOVE);
        } catch (ExecutionException e) {
            remove(workers, folder);
            throw new IOException("the demo's files could not be made: " + e.getCause(), e);
        } catch (IOException | InterruptedException e) {
            remove(workers, folder);
            throw e;
        } finally {
            workers.shutdown();
        }
    }

    /** Answers the file's line of the manifest, which speaks of the plaintext. */
    private String makeFile(Path folder, int number, Envelope envelope, Progress progress) throws IOException {
        DataFormat own = mix.of(number);
        String name = "reads-%s-%05d.fastq".formatted(id, number);
        Path unready = folder.resolve(name + Envelope.suffix(own) + ".part");
        DigestingOutputStream plain;
        try (FileChannel file = FileChannel.open(unready, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream encrypted = envelope.around(Channels.newOutputStream(file), own);
            plain = new DigestingOutputStream(encrypted, new Digests(Set.of(ChecksumAlgorithm.MD5)));
            new SyntheticReads(number).writeTo(plain, size.bytes());
            Envelope.finish(encrypted);
            file.force(false);
        }
        Files.move(unready, folder.resolve(name + Envelope.suffix(own)), StandardCopyOption.ATOMIC_MOVE);
        progress.add(1, size.bytes());
        return new SidecarLine(plain.finish().get(0), name).text();
    }

    private static void remove(ExecutorService workers, Path folder) throws IOException, InterruptedException {
        workers.shutdownNow();
        Thread.interrupted(); // what asked us to stop is known; what was made must go all the same
        workers.awaitTermination(1, TimeUnit.MINUTES);
        try (Stream<Path> made = Files.walk(folder)) {
            for (Path each : made.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    private static Path manifest(DemoHome home, String id) {
        return home.manifests().resolve(id + ".md5");
    }

    private static String id(long number) {
        return "EGAD9%010d".formatted(number);
    }
}
