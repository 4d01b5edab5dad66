package org.waybill.stage.acknowledgement.shelf;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A folder of this machine. */
final class LocalShelf implements LogShelf {

    private final Path folder;
    private final String names;

    /** @param names a glob */
    LocalShelf(Path folder, String names) {
        this.folder = folder;
        this.names = names;
    }

    @Override
    public List<Named> files() throws IOException {
        List<Named> files = new ArrayList<>();
        try (DirectoryStream<Path> matching = Files.newDirectoryStream(folder, names)) {
            for (Path file : matching) {
                try {
                    if (Files.isRegularFile(file)) {
                        files.add(new Named(
                                String.valueOf(file.getFileName()),
                                Files.getLastModifiedTime(file).toInstant()));
                    }
                } catch (NoSuchFileException e) {
                    continue; // renamed meanwhile
                }
            }
        }
        files.sort(Named.IN_ORDER);
        return files;
    }

    @Override
    public LogFile open(String name) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve(name));
        return new LogFile(channel.size()) {
            @Override
            int readAt(long from, byte[] out, int offset, int length) throws IOException {
                return channel.read(ByteBuffer.wrap(out, offset, length), from);
            }

            @Override
            public long size() throws IOException {
                return channel.size();
            }

            @Override
            public void close() throws IOException {
                channel.close();
            }
        };
    }
}
