package org.waybill.stage.rewrap;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.checksum.DigestingInputStream;
import org.waybill.format.checksum.Digests;
import org.waybill.ledger.rewrap.HeaderChange;
import org.waybill.stage.rewrap.Standing.NotAsRecordedException;
import org.waybill.stage.rewrap.Survey.Found;
import org.waybill.storage.Directories;
import org.waybill.storage.FileFacts;
import org.waybill.storage.StableSource;
import org.waybill.storage.UnpublishedFile;

/** Gives files another header. Whatever a run that died has done of it, doing it again ends the same. */
final class HeaderSwap {

    static final Set<PosixFilePermission> READ_ONLY = PosixFilePermissions.fromString("r--r-----");

    private static final Pattern WORK = Pattern.compile("([0-9a-f]{64})\\.(after|before|next|sidecar)");
    private static final int COPY_AT_ONCE_BYTES = 1 << 30;

    private final Path archive;
    private final Path publishing;
    private final Sidecars sidecars;

    /** @param publishing where new files are made and old ones kept, on the file system of the archive */
    HeaderSwap(Path archive, Path publishing, Sidecars sidecars) {
        this.archive = archive;
        this.publishing = publishing;
        this.sidecars = sidecars;
    }

    /** Where something lies while a change is made. */
    static Path work(Path publishing, HeaderChange change, String what) {
        return publishing.resolve(change.oldSha256().hex() + "." + what);
    }

    /** Removes what lies there of changes that are not kept any more. */
    static void sweep(Path publishing, Set<String> keptSha256) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(publishing)) {
            for (Path file : files) {
                Matcher name = WORK.matcher(file.getFileName().toString());
                if (name.matches() && !keptSha256.contains(name.group(1))) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Removes what lies there of a change that is recorded. */
    void forget(HeaderChange change) throws IOException {
        Files.deleteIfExists(work(publishing, change, "before"));
        Files.deleteIfExists(work(publishing, change, "after"));
    }

    /**
     * Changes the header under all names, then the check-sum files, and forces it all.
     *
     * @throws NotAsRecordedException if a file is another one than was surveyed
     */
    void make(Found found, HeaderChange change) throws IOException, NotAsRecordedException {
        for (Map.Entry<Path, FileFacts> seen : found.seen().entrySet()) {
            FileFacts now = FileFacts.of(seen.getKey());
            if (!now.hasSameContentAs(seen.getValue())
                    || now.changedNs() != seen.getValue().changedNs()) {
                throw new NotAsRecordedException("it changed after it was read");
            }
        }
        List<Path> names =
                found.content().names().stream().map(archive::resolve).toList();
        List<FileFacts> overwritten = new ArrayList<>();
        for (Path name : names) {
            FileFacts facts = FileFacts.of(name);
            if (overwritten.stream().noneMatch(facts::isSameInodeAs) && !give(name, names, facts, change)) {
                overwritten.add(facts);
            }
        }
        Set<Path> folders = new HashSet<>(Set.of(publishing));
        for (Path name : names) {
            sidecars.renew(name, found.content(), change);
            folders.add(Directories.of(name));
        }
        for (Path folder : folders) {
            Directories.force(folder);
        }
    }

    /** Whether the name stands for another file now; else the file was overwritten, or is the new one already. */
    private boolean give(Path name, List<Path> names, FileFacts facts, HeaderChange change)
            throws IOException, NotAsRecordedException {
        Standing standing = Standing.of(name, change);
        switch (standing) {
            case OTHER -> throw new NotAsRecordedException("it changed after it was read");
            case OLD -> {
                if (!change.keepsLength() || hasForeignNames(name, names, facts)) {
                    replace(name, change);
                    return true;
                }
                overwrite(name, change.newHeader(), facts.modifiedNs());
            }
            case NEW, TORN -> {
                if (change.keepsLength()) { // a run that died may not have forced it
                    overwrite(name, change.newHeader(), change.modifiedNs());
                }
            }
        }
        return false;
    }

    /** Names that we did not give: their bytes are not ours to change. */
    private static boolean hasForeignNames(Path name, List<Path> names, FileFacts facts) throws IOException {
        int ours = 0;
        for (Path each : names) {
            ours += FileFacts.of(each).isSameInodeAs(facts) ? 1 : 0;
        }
        return (Integer) Files.getAttribute(name, "unix:nlink", LinkOption.NOFOLLOW_LINKS) != ours;
    }

    private static void overwrite(Path file, byte[] header, long modifiedNs) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file, LinkOption.NOFOLLOW_LINKS);
        Set<PosixFilePermission> readOnly = EnumSet.copyOf(mode);
        readOnly.remove(PosixFilePermission.OWNER_WRITE); // also after a run that died with it
        try (FileChannel channel = openForWriting(file, mode)) {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(header);
                while (bytes.hasRemaining()) {
                    channel.write(bytes, bytes.position());
                }
            } finally {
                Files.setPosixFilePermissions(file, readOnly);
            }
            Files.setLastModifiedTime(file, FileTime.from(modifiedNs, TimeUnit.NANOSECONDS));
            channel.force(true);
        }
    }

    private static FileChannel openForWriting(Path file, Set<PosixFilePermission> mode) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (AccessDeniedException e) {
            Set<PosixFilePermission> writable = EnumSet.copyOf(mode);
            writable.add(PosixFilePermission.OWNER_WRITE);
            Files.setPosixFilePermissions(file, writable);
            return FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        }
    }

    private void replace(Path name, HeaderChange change) throws IOException {
        Path after = work(publishing, change, "after");
        if (!Files.exists(after, LinkOption.NOFOLLOW_LINKS)) {
            copy(name, after, change);
        }
        verify(after, change);
        Path before = work(publishing, change, "before");
        if (!Files.exists(before, LinkOption.NOFOLLOW_LINKS)) {
            Files.createLink(before, name);
        }
        Directories.force(publishing);
        Path next = work(publishing, change, "next");
        Files.deleteIfExists(next);
        Files.createLink(next, after);
        Files.move(next, name, StandardCopyOption.ATOMIC_MOVE);
    }

    private void copy(Path old, Path after, HeaderChange change) throws IOException {
        try (StableSource source = StableSource.open(old);
                UnpublishedFile made = UnpublishedFile.in(publishing, after, READ_ONLY)) {
            made.stream().write(change.newHeader());
            long end = source.sizeBytes();
            for (long position = change.oldHeader().length; position < end; position += COPY_AT_ONCE_BYTES) {
                made.copy(source, position, (int) Math.min(COPY_AT_ONCE_BYTES, end - position));
            }
            made.publish();
        }
        Files.setLastModifiedTime(after, FileTime.from(change.modifiedNs(), TimeUnit.NANOSECONDS));
    }

    /** Reads the new file back: header and body must be what was surveyed. */
    private static void verify(Path after, HeaderChange change) throws IOException {
        Digests digests = new Digests(EnumSet.of(ChecksumAlgorithm.SHA256));
        boolean same;
        try (DigestingInputStream in =
                new DigestingInputStream(Files.newInputStream(after, LinkOption.NOFOLLOW_LINKS), digests)) {
            in.transferTo(OutputStream.nullOutputStream());
            same = in.finish().get(0).equals(change.newSha256());
        }
        if (!same) {
            Files.delete(after);
            throw new IOException("the copy with the new header was not what was written; the old file still stands");
        }
    }
}
