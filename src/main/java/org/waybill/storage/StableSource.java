package org.waybill.storage;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file that is read once, and should not change while it is. */
public final class StableSource implements AutoCloseable {

    private final Path path;
    private final FileFacts before;
    private final FileChannel channel;

    private StableSource(Path path, FileFacts before, FileChannel channel) {
        this.path = path;
        this.before = before;
        this.channel = channel;
    }

    /**
     * @throws NoSuchFileException if there is no such file
     * @throws IOException if it cannot be read, or is no regular file: a pipe would be waited for without end
     */
    public static StableSource open(Path path) throws IOException {
        FileFacts before = FileFacts.of(path);
        if (!before.isFile()) {
            throw new IOException("expected a regular file, found a " + before.kind());
        }
        return new StableSource(
                path, before, FileChannel.open(path, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Its size when it was opened. */
    public long sizeBytes() {
        return before.sizeBytes();
    }

    /** Its bytes from the first one on; closed with this. */
    public InputStream stream() {
        return Channels.newInputStream(channel);
    }

    /**
     * Has the kernel copy some of its bytes to where another file is being written.
     *
     * @throws IOException also if it ends before
     */
    void copyTo(WritableByteChannel target, long position, long count) throws IOException {
        for (long done = 0; done < count; ) {
            long copied = channel.transferTo(position + done, count - done, target);
            if (copied <= 0) {
                throw new EOFException("the file ended " + (count - done) + " bytes before its end");
            }
            done += copied;
        }
    }

    /** Whether it is another file now, or was written to since it was opened. */
    public boolean hasChanged() throws IOException {
        try {
            FileFacts now = FileFacts.of(path);
            return !now.hasSameContentAs(before) || now.changedNs() != before.changedNs();
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
