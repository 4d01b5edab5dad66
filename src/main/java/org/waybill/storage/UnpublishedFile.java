package org.waybill.storage;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A file on its way to its name: written under an unpredictable name on the same file system, mode 0600, and linked to
 * its name only when it is complete and on disk. Closing it unpublished throws it away.
 */
public final class UnpublishedFile implements AutoCloseable {

    private static final String PREFIX = ".waybill-";
    private static final String SUFFIX = ".unpublished";
    private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "[0-9a-f]{24}" + Pattern.quote(SUFFIX));
    private static final Set<PosixFilePermission> OURS = PosixFilePermissions.fromString("rw-------");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Path target;
    private final Set<PosixFilePermission> mode;
    private final Path temporary;
    private final FileChannel channel;
    private final OutputStream stream;
    private final WriteBack writeBack;
    private @Nullable DirectStream direct;
    private boolean forced;
    private boolean gone;

    /** @param channel open for writing on {@code temporary}, which is empty */
    UnpublishedFile(Path target, Path temporary, FileChannel channel) {
        this(target, OURS, temporary, channel, new WriteBack(channel), null);
    }

    /** @param direct for the stream of many bytes; without it, it is opened when it is asked for */
    UnpublishedFile(
            Path target,
            Set<PosixFilePermission> mode,
            Path temporary,
            FileChannel channel,
            WriteBack writeBack,
            @Nullable DirectStream direct) {
        this.target = target;
        this.mode = mode;
        this.temporary = temporary;
        this.channel = channel;
        this.writeBack = writeBack;
        this.direct = direct;
        this.stream = new Bytes(Channels.newOutputStream(channel), writeBack::written);
    }

    /** Begins a file that shall get the name {@code target}, in the same folder, which exists. */
    public static UnpublishedFile beside(Path target) throws IOException {
        return in(Directories.of(target), target, OURS);
    }

    /**
     * Begins a file that shall get the name {@code target}, in another folder of the same file system.
     *
     * @param mode that it gets before its name
     */
    public static UnpublishedFile in(Path folder, Path target, Set<PosixFilePermission> mode) throws IOException {
        byte[] random = new byte[12];
        RANDOM.nextBytes(random);
        Path temporary = folder.resolve(PREFIX + HexFormat.of().formatHex(random) + SUFFIX);
        FileChannel channel = FileChannel.open(
                temporary,
                EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(OURS));
        return new UnpublishedFile(target, mode, temporary, channel, new WriteBack(channel), null);
    }

    /** Where its bytes go, unbuffered: write large pieces. Need not be closed. A write that fails throws the file away. */
    public OutputStream stream() {
        return stream;
    }

    /**
     * Where its bytes go if they are many: written beside the thread that makes them, and past the page cache where the file
     * system can. All of them go there. Need not be closed. A write that fails throws the file away.
     */
    public OutputStream streamOfMany() {
        if (direct == null) {
            direct = DirectStream.on(temporary, channel).orElse(null);
        }
        return direct == null ? stream : new Bytes(direct, count -> {});
    }

    /** Appends bytes of another file, which the kernel copies. A copy that fails throws the file away. */
    public void copy(StableSource source, long position, int count) throws IOException {
        requireHere();
        try {
            source.copyTo(channel, position, count);
            writeBack.written(count);
        } catch (IOException e) {
            throwAway(e);
            throw e;
        }
    }

    /**
     * To be said when all is written, so that no memory is held for more of it.
     *
     * @throws IOException if some of it could not be written: it was thrown away
     */
    public void finish() throws IOException {
        requireHere();
        if (direct != null) {
            try {
                direct.finish();
            } catch (IOException e) {
                throwAway(e);
                throw e;
            }
        }
    }

    /**
     * Forces the bytes to disk, after which none can be written. For who makes many files and gives them their names
     * together; {@link #publish()} does it otherwise.
     *
     * @throws IOException if the bytes may not be on disk: they were thrown away
     */
    public void force() throws IOException {
        requireHere();
        try {
            if (!mode.equals(OURS)) {
                Files.setPosixFilePermissions(temporary, mode);
            }
            finish();
            writeBack.finish();
            channel.force(true);
            channel.close();
            forced = true;
        } catch (IOException | RuntimeException e) {
            throwAway(e);
            throw e;
        }
    }

    /**
     * Forces the bytes to disk and gives them their name. That the name survives a crash needs {@link Directories#force}
     * of the folder, which callers do once for many files.
     *
     * @throws FileAlreadyExistsException if the name is taken; nothing was replaced
     * @throws IOException if the bytes may not be on disk: they were thrown away; or if the file has its name, and only
     *     the other one could not be removed, which {@link #sweep} does
     */
    public void publish() throws IOException {
        if (!forced) {
            force();
        }
        requireHere();
        try {
            Files.createLink(target, temporary);
        } catch (IOException | RuntimeException e) {
            throwAway(e);
            throw e;
        }
        close();
    }

    /**
     * Forces the bytes to disk and gives them their name, in place of what has it: whoever opens the name finds the one file or
     * the other, whole. Otherwise as {@link #publish()}.
     */
    public void publishReplacing() throws IOException {
        if (!forced) {
            force();
        }
        requireHere();
        try {
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException | RuntimeException e) {
            throwAway(e);
            throw e;
        }
        close();
    }

    /** The bytes as they can be read back: all of them once it was forced. */
    public InputStream readBack() throws IOException {
        requireHere();
        return Files.newInputStream(temporary, LinkOption.NOFOLLOW_LINKS);
    }

    private void requireHere() throws IOException {
        if (gone) {
            throw new IOException("the file was published or thrown away before");
        }
    }

    /** Throws it away, unless it was published. */
    @Override
    public void close() throws IOException {
        if (!gone) {
            gone = true;
            try (channel;
                    DirectStream abandoned = direct) {
                Files.deleteIfExists(temporary);
            }
        }
    }

    private void throwAway(Exception cause) {
        try {
            close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /** After a write that failed nobody knows which bytes were written, so none may follow. */
    private final class Bytes extends FilterOutputStream {

        private final IntConsumer written;

        /** @param written told how many bytes were written */
        Bytes(OutputStream out, IntConsumer written) {
            super(out);
            this.written = written;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
                written.accept(count);
            } catch (IOException e) {
                throwAway(e);
                throw e;
            }
        }
    }

    /** Removes what crashes left unpublished in a folder. Only for who knows that nobody else writes there now. */
    public static void sweep(Path folder) throws IOException {
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
            for (Path leftover : leftovers) {
                if (NAME.matcher(leftover.getFileName().toString()).matches()) {
                    Files.deleteIfExists(leftover);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }
}
