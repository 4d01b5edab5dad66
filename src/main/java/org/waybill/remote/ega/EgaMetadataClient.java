package org.waybill.remote.ega;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Stream;

/** Fetches the list of the files of a dataset from a metadata API of EGA. Safe for use by several threads. */
public final class EgaMetadataClient {

    /** A bound for one list: a million files take about 400 MB. */
    public static final long USUAL_MAX_BYTES = 2L << 30;

    private static final int DEFAULT_PAGE = 10; // of the public metadata API, where none is asked for
    private static final int PAGE = 1_000;

    private final EgaAddress address;
    private final PageDownload download;
    private final long maxBytes;

    public EgaMetadataClient(EgaAddress address, EgaLogin login) {
        this(address, login, Patience.USUAL, EgaMetadataClient::sleep, InstantSource.system(), USUAL_MAX_BYTES);
    }

    /** @param maxBytes the bound of a list, all its pages together */
    public EgaMetadataClient(
            EgaAddress address,
            EgaLogin login,
            Patience patience,
            Patience.Pause pause,
            InstantSource clock,
            long maxBytes) {
        this.address = address;
        this.maxBytes = maxBytes;
        this.download = new PageDownload(login, patience, pause, clock, maxBytes);
    }

    /**
     * Writes the list of the files of a dataset as JSON: the server's bytes unchanged, or, if it gives the list in
     * pages, one array of all their elements, each unchanged. What the elements say is not looked at.
     *
     * @param target a file that does not exist yet; it exists afterwards only if the list is whole. Not forced to disk
     * @return the number of files listed, at least 1
     * @throws EgaRefusedException if a person must act first; the message says how
     * @throws IOException if the server could not be reached or did not answer in full, often enough
     */
    public long fetch(String dataset, Path target) throws IOException {
        URI list = address.ofDataset(dataset);
        Path folder = Files.createTempDirectory(target.toAbsolutePath().getParent(), ".ega-");
        try {
            return fetch(list, folder, target);
        } finally {
            delete(folder);
        }
    }

    private long fetch(URI list, Path folder, Path target) throws IOException {
        EgaPage first = download.get(list, folder);
        if (first.files() == 0) {
            throw new EgaRefusedException(EgaAddress.shown(list)
                    + ": the list is empty: the dataset has no files, or the account may not see them");
        }
        Optional<EgaPage> second = next(list, folder, first, first.files());
        if (second.isEmpty()) {
            Files.move(first.file(), target);
            return first.files();
        }
        Path collected = Files.createTempFile(folder, "all", ".json");
        long files = collect(list, folder, first, second.get(), collected);
        Files.move(collected, target);
        return files;
    }

    private long collect(URI list, Path folder, EgaPage first, EgaPage second, Path collected) throws IOException {
        long files = first.files();
        long bytes = Files.size(first.file());
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(collected))) {
            out.write('[');
            first.copyElements(out);
            Optional<EgaPage> page = Optional.of(second);
            while (page.isPresent()) {
                files += page.get().files();
                bytes += Files.size(page.get().file());
                if (bytes > maxBytes) {
                    throw new EgaRefusedException(
                            EgaAddress.shown(list) + ": the list does not end within " + maxBytes + " bytes");
                }
                out.write(',');
                page.get().copyElements(out);
                page = next(list, folder, page.get(), files);
            }
            out.write(']');
        }
        if (first.total().isPresent() && first.total().getAsLong() != files) {
            throw new IOException(EgaAddress.shown(list) + ": the server announces "
                    + first.total().getAsLong() + " files and lists " + files);
        }
        return files;
    }

    /**
     * The page behind those already got; empty if the list ends there. A server that says neither (206) nor how many
     * there are is asked when its page looks full, and is done when it gives nothing else.
     */
    private Optional<EgaPage> next(URI list, Path folder, EgaPage previous, long files) throws IOException {
        long fullPage = files == previous.files() ? EgaAddress.limit(list).orElse(DEFAULT_PAGE) : PAGE;
        if (!previous.saysMore(files) && !previous.looksFull(fullPage)) {
            return Optional.empty();
        }
        try {
            EgaPage page = download.get(EgaAddress.page(list, PAGE, files), folder);
            if (page.isArray() && page.files() > 0 && !page.isSameAs(previous)) {
                return Optional.of(page);
            }
        } catch (EgaRefusedException e) {
            if (previous.saysMore(files)) {
                throw e;
            }
        }
        if (previous.saysMore(files)) {
            throw new IOException(EgaAddress.shown(list) + ": the server lists " + files + " files, says that there are"
                    + " more, and does not give them");
        }
        return Optional.empty();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    private static void sleep(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
