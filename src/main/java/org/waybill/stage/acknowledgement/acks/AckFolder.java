package org.waybill.stage.acknowledgement.acks;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;

/** The folder in which recipients put their acknowledgements, each below a folder of its name. */
public final class AckFolder {

    private static final String ENDING = ".ack";
    private static final String OURS = ".waybill"; // no recipient is called so
    private static final Duration BEING_WRITTEN = Duration.ofMinutes(10); // at most
    private static final int DEEPEST = 32;

    private final Path folder;

    public AckFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * An acknowledgement as it lies there.
     *
     * @param name its path below the recipient's folder, segments divided by {@code /}
     * @param sha256 of its bytes, in lower-case hex
     * @param claimed the SHA-256 in it
     */
    public record Lying(String recipient, String name, String sha256, Optional<String> claimed) {

        /** What it is for: a path below the recipient's folder. */
        public String path() {
            return name.substring(0, name.length() - ENDING.length());
        }
    }

    /**
     * The acknowledgements of one recipient, by name. What has no SHA-256 in it and may still be being written is left.
     *
     * @throws IOException if the folder cannot be read; that the recipient has none is no error
     */
    public List<Lying> of(String recipient, Instant now) throws IOException {
        Path own = folder.resolve(recipient);
        if (!Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        List<Lying> lying = new ArrayList<>();
        if (!Files.isDirectory(own, LinkOption.NOFOLLOW_LINKS)) {
            return lying;
        }
        List<Path> files;
        try (Stream<Path> below = Files.walk(own, DEEPEST)) { // does not follow links
            files = below.filter(path -> Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS))
                    .filter(path -> isAck(String.valueOf(path.getFileName())))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            look(recipient, own, file, now).ifPresent(lying::add);
        }
        return lying;
    }

    private static boolean isAck(String name) {
        return name.endsWith(ENDING) && name.length() > ENDING.length();
    }

    private static Optional<Lying> look(String recipient, Path own, Path file, Instant now) throws IOException {
        byte[] bytes;
        Instant modified;
        try {
            bytes = read(file);
            modified = Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return Optional.empty(); // its owner took it back
        }
        Optional<String> claimed = AckText.sha256(bytes);
        if (claimed.isEmpty() && modified.plus(BEING_WRITTEN).isAfter(now)) {
            return Optional.empty();
        }
        String sha256 = Checksum.of(
                        ChecksumAlgorithm.SHA256,
                        ChecksumAlgorithm.SHA256.newDigest().digest(bytes))
                .hex();
        return Optional.of(new Lying(recipient, own.relativize(file).toString(), sha256, claimed));
    }

    /** Its beginning, if it has more than an acknowledgement can have. */
    private static byte[] read(Path file) throws IOException {
        try (SeekableByteChannel open =
                Files.newByteChannel(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))) {
            return Channels.newInputStream(open).readNBytes(AckText.MAX_BYTES + 1);
        }
    }

    /**
     * Moves an acknowledgement that is recorded out of the recipient's sight, if it is still the same.
     *
     * @param ackId what it is kept under
     */
    public void keep(Lying lying, long ackId, Instant now) throws IOException {
        Path file = folder.resolve(lying.recipient()).resolve(lying.name());
        Optional<Lying> still = look(lying.recipient(), folder.resolve(lying.recipient()), file, now);
        if (still.filter(lying::equals).isEmpty()) {
            return;
        }
        Path kept = folder.resolve(OURS).resolve("acks");
        Files.createDirectories(
                kept, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            Files.move(file, kept.resolve(ackId + ENDING), StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException(kept + ": is on another file system than " + file + "; unmount one of them", e);
        }
    }
}
