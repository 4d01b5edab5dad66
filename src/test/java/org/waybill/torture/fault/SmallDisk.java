package org.waybill.torture.fault;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.waybill.ForeignProgram;

/** A file system of few MiB, mounted on a folder until it is closed: a tmpfs, which keeps to its size. */
final class SmallDisk implements AutoCloseable {

    private static final int PAGE = 4096;

    private final Path folder;
    private final Path filler;

    private SmallDisk(Path folder) {
        this.folder = folder;
        this.filler = folder.resolve("filler");
    }

    /** Where mounting is not permitted, skips the test, and says so; in continuous integration it fails. */
    static SmallDisk on(Path folder, long sizeBytes) throws IOException, InterruptedException {
        ForeignProgram.require("mount", "mount");
        String said = run("mount", "-t", "tmpfs", "-o", "size=" + sizeBytes + ",mode=0700", "tmpfs", folder.toString());
        if (!Files.getFileStore(folder).type().equals("tmpfs") || !said.isEmpty()) {
            String message = "no file system may be mounted here (run the tests as root): " + said;
            if ("true".equals(System.getenv("CI"))) {
                fail(message);
            }
            abort(message);
        }
        return new SmallDisk(folder);
    }

    /** Fills it up with a file that is not ours, but for so many bytes, in whole pages. */
    void fillUpBut(long bytes) throws IOException {
        long size = Files.getFileStore(folder).getUsableSpace() - bytes;
        try (FileChannel channel = FileChannel.open(filler, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (long written = 0; written + PAGE <= size; written += PAGE) {
                channel.write(ByteBuffer.allocate(PAGE));
            }
        }
    }

    /** Makes room again. */
    void free() throws IOException {
        Files.delete(filler);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        run("umount", "--lazy", folder.toString());
    }

    private static String run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return process.waitFor() == 0 ? "" : said.strip();
    }
}
