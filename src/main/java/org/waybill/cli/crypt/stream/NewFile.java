package org.waybill.cli.crypt.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** A file that has its name only when it is whole and on disk. Closing it unpublished throws it away. */
final class NewFile implements AutoCloseable {

    private static final FileAttribute<Set<PosixFilePermission>> OURS =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int NAME_BYTES = 12;

    private final Path target;
    private final Path temporary;
    private final FileChannel channel;

    private NewFile(Path target, Path temporary, FileChannel channel) {
        this.target = target;
        this.temporary = temporary;
        this.channel = channel;
    }

    /** Begins a file that shall get the name {@code target}. */
    static NewFile beside(Path target) throws IOException {
        byte[] random = new byte[NAME_BYTES];
        RANDOM.nextBytes(random);
        Path temporary = target.resolveSibling(".waybill-" + HexFormat.of().formatHex(random) + ".unpublished");
        FileChannel channel =
                FileChannel.open(temporary, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), OURS);
        return new NewFile(target, temporary, channel);
    }

    /** Where its bytes go; need not be closed. */
    OutputStream stream() {
        return Channels.newOutputStream(channel);
    }

    /**
     * Forces the bytes to disk, gives them their name, and forces that too.
     *
     * @throws FileAlreadyExistsException if the name is taken; nothing was replaced
     */
    void publish() throws IOException {
        channel.force(true);
        channel.close();
        try {
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            Files.move(temporary, target); // a stick or share without hard links; this looks at the name first, too
        }
        try (FileChannel folder = FileChannel.open(target.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
            folder.force(true);
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
