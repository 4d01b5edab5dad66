package org.waybill.stage.rewrap;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.MalformedInputException;
import org.waybill.format.WrongKeyException;
import org.waybill.format.checksum.Digests;
import org.waybill.format.crypt4gh.Crypt4ghHeader;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.HeaderContents;
import org.waybill.ledger.Readers;
import org.waybill.ledger.rewrap.ArchivedContent;
import org.waybill.ledger.rewrap.HeaderChange;
import org.waybill.stage.rewrap.Standing.NotAsRecordedException;
import org.waybill.storage.FileFacts;
import org.waybill.storage.StableSource;

/** Proves that what stands in the archive is what the ledger says, and makes the header that it is to get. Writes nothing. */
final class Survey {

    private static final int BUFFER_BYTES = 1 << 20;

    private final Path archive;
    private final Sidecars sidecars;
    private final Crypt4ghSecretKey oldKey;
    private final List<Crypt4ghPublicKey> recipients;
    private final Runnable watch;

    /** @param watch called between blocks; may throw to end it */
    Survey(
            Path archive,
            Sidecars sidecars,
            Crypt4ghSecretKey oldKey,
            List<Crypt4ghPublicKey> recipients,
            Runnable watch) {
        this.archive = archive;
        this.sidecars = sidecars;
        this.oldKey = oldKey;
        this.recipients = recipients;
        this.watch = watch;
    }

    /**
     * What was found.
     *
     * @param change empty if the old key does not open it
     * @param seen each file as it was when it was read
     */
    record Found(ArchivedContent content, Optional<HeaderChange> change, Map<Path, FileFacts> seen) {}

    /**
     * @throws NotAsRecordedException if it is not what the ledger says
     * @throws IOException if the disk failed; the same may be tried again
     */
    Found of(ArchivedContent content) throws IOException, NotAsRecordedException {
        try {
            Map<Path, FileFacts> seen = inodes(content);
            for (String name : content.names()) {
                sidecars.require(archive.resolve(name), content);
            }
            Optional<HeaderChange> change =
                    content.begun().isPresent() ? begun(content.begun().get(), seen) : fresh(content, seen);
            return new Found(content, change, seen);
        } catch (NoSuchFileException e) {
            throw new NotAsRecordedException("expected it in the archive, found nothing under one of its names");
        }
    }

    /** One name of each inode: copies are possible, and each is looked at. */
    private Map<Path, FileFacts> inodes(ArchivedContent content) throws IOException, NotAsRecordedException {
        Map<Path, FileFacts> inodes = new LinkedHashMap<>();
        for (String name : content.names()) {
            FileFacts facts = FileFacts.of(archive.resolve(name));
            if (!facts.isFile()) {
                throw new NotAsRecordedException("expected a file in the archive, found a " + facts.kind());
            }
            if (inodes.values().stream().noneMatch(facts::isSameInodeAs)) {
                inodes.put(archive.resolve(name), facts);
            }
        }
        if (inodes.isEmpty()) {
            throw new NotAsRecordedException("expected a name in the archive, found none in the ledger");
        }
        return inodes;
    }

    private Optional<HeaderChange> fresh(ArchivedContent content, Map<Path, FileFacts> seen)
            throws IOException, NotAsRecordedException {
        Map.Entry<Path, FileFacts> one = seen.entrySet().iterator().next();
        Path first = one.getKey();
        byte[] oldHeader = header(first);
        byte[] newHeader = newHeader(first);
        if (newHeader == null && content.readersKnown()) {
            throw new NotAsRecordedException("expected a header for the old key " + oldKey.publicKey()
                    + ", as the ledger says; that key does not open it");
        }
        List<Checksum> changed = List.of();
        for (Path path : seen.keySet()) {
            Digests before = new Digests(EnumSet.of(ChecksumAlgorithm.SHA256));
            Digests after = new Digests(EnumSet.of(ChecksumAlgorithm.MD5, ChecksumAlgorithm.SHA256));
            before.update(oldHeader, 0, oldHeader.length);
            if (newHeader != null && changed.isEmpty()) {
                after.update(newHeader, 0, newHeader.length);
                readBody(path, oldHeader, before, after);
                changed = after.finish();
            } else {
                readBody(path, oldHeader, before);
            }
            requireSame(content.sha256(), before.finish().get(0));
        }
        if (newHeader == null) {
            return Optional.empty();
        }
        return Optional.of(new HeaderChange(
                content.sha256(),
                oldHeader,
                newHeader,
                content.sizeBytes() - oldHeader.length + newHeader.length,
                changed.get(0),
                changed.get(1),
                Readers.of(recipients),
                one.getValue().modifiedNs()));
    }

    /** A change that was begun is completed, if the body is still the one that was proved before it began. */
    private Optional<HeaderChange> begun(HeaderChange change, Map<Path, FileFacts> seen)
            throws IOException, NotAsRecordedException {
        for (Path path : seen.keySet()) {
            Standing standing = Standing.of(path, change);
            if (standing == Standing.OTHER) {
                throw new NotAsRecordedException(
                        "expected the old or the new header of a change that was begun, found something else");
            }
            byte[] header = standing == Standing.OLD ? change.oldHeader() : change.newHeader();
            Digests digests = new Digests(EnumSet.of(ChecksumAlgorithm.SHA256));
            digests.update(change.newHeader(), 0, change.newHeader().length);
            readBody(path, standing == Standing.TORN ? null : header, change.newHeader().length, digests);
            requireSame(change.newSha256(), digests.finish().get(0));
        }
        return Optional.of(change);
    }

    private static void requireSame(Checksum expected, Checksum found) throws NotAsRecordedException {
        if (!found.equals(expected)) {
            throw new NotAsRecordedException("expected SHA-256 " + expected.hex() + ", found " + found.hex());
        }
    }

    private void readBody(Path path, byte[] header, Digests... digests) throws IOException, NotAsRecordedException {
        readBody(path, header, header.length, digests);
    }

    /** @param header that must stand before the body; null if any may */
    private void readBody(Path path, byte @Nullable [] header, int tornBytes, Digests... digests)
            throws IOException, NotAsRecordedException {
        try (StableSource source = StableSource.open(path)) {
            InputStream in = source.stream();
            byte[] begin = in.readNBytes(header == null ? tornBytes : header.length);
            if (header != null && !Arrays.equals(begin, header)) {
                throw new NotAsRecordedException("its header changed while it was read");
            }
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                watch.run();
                for (Digests each : digests) {
                    each.update(buffer, 0, read);
                }
            }
            if (source.hasChanged()) {
                throw new NotAsRecordedException("it changed while it was read");
            }
        }
    }

    private static byte[] header(Path path) throws IOException, NotAsRecordedException {
        int length = Math.toIntExact(parsed(path).lengthBytes());
        try (InputStream in = Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS)) {
            return in.readNBytes(length);
        }
    }

    private static Crypt4ghHeader parsed(Path path) throws IOException, NotAsRecordedException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path, LinkOption.NOFOLLOW_LINKS))) {
            return Crypt4ghHeader.read(in);
        } catch (MalformedInputException e) {
            throw new NotAsRecordedException("expected a Crypt4GH header, found none: " + e.getMessage());
        }
    }

    /** Null if the old key does not open the present one. */
    private byte @Nullable [] newHeader(Path path) throws IOException, NotAsRecordedException {
        try (HeaderContents contents = parsed(path).open(List.of(oldKey))) {
            return contents.sealFor(recipients);
        } catch (WrongKeyException e) {
            return null;
        } catch (MalformedInputException e) {
            throw new NotAsRecordedException("expected a header that can be read, found: " + e.getMessage());
        }
    }
}
