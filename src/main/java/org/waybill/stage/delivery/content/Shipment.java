package org.waybill.stage.delivery.content;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.MalformedInputException;
import org.waybill.format.checksum.DigestingInputStream;
import org.waybill.format.checksum.Digests;
import org.waybill.format.crypt4gh.Crypt4ghFormat;
import org.waybill.format.crypt4gh.Crypt4ghHeader;
import org.waybill.format.crypt4gh.Crypt4ghInputStream;
import org.waybill.format.crypt4gh.HeaderContents;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.route.delivery.DeliveryForm;
import org.waybill.storage.DirectSource;

/**
 * The bytes that a recipient gets of an archived file: the same each time that they are read. Plaintext is made on the way and
 * is nowhere but in memory.
 */
public final class Shipment {

    private static final Set<ChecksumAlgorithm> SHA256 = EnumSet.of(ChecksumAlgorithm.SHA256);
    private static final int BUFFER_BYTES = 256 * 1024;

    /** Fixes a new header, so that a transfer that broke goes on with the same bytes. */
    public interface HeaderKeeper {

        /** @return the header that counts: this one, or one that was fixed before */
        byte[] fix(byte[] header);
    }

    private final Consignment consignment;
    private final Path archived;
    private final ArchiveKeys keys;
    private final DeliveryForm form;
    private final byte[] header;
    private final long sizeBytes;

    private Shipment(Consignment consignment, Path archived, ArchiveKeys keys, byte[] header, long sizeBytes) {
        this.consignment = consignment;
        this.archived = archived;
        this.keys = keys;
        this.form = DeliveryForm.valueOf(consignment.form());
        this.header = header;
        this.sizeBytes = sizeBytes;
    }

    /**
     * What is to be sent.
     *
     * @param archive the archive folder
     * @throws ArchiveDamagedException if the archived file is not there, or not what the ledger says
     */
    public static Shipment of(Consignment consignment, Path archive, ArchiveKeys keys, HeaderKeeper keeper)
            throws IOException {
        Path archived = archive.resolve(consignment.archivedAs());
        requireSize(consignment, archived);
        return switch (DeliveryForm.valueOf(consignment.form())) {
            case PLAIN -> new Shipment(consignment, archived, keys, new byte[0], consignment.plainSizeBytes());
            case ARCHIVED -> new Shipment(consignment, archived, keys, new byte[0], consignment.archivedSizeBytes());
            case RECIPIENT_KEY -> underNewHeader(consignment, archived, keys, keeper);
        };
    }

    private static Shipment underNewHeader(
            Consignment consignment, Path archived, ArchiveKeys keys, HeaderKeeper keeper) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(archived, LinkOption.NOFOLLOW_LINKS))) {
            Crypt4ghHeader old = Crypt4ghHeader.read(in);
            byte[] header = consignment.header();
            if (header == null) {
                try (HeaderContents contents = old.open(keys.secret())) {
                    header = keeper.fix(contents.sealFor(List.of(keys.of(consignment.recipient()))));
                }
            }
            long body = consignment.archivedSizeBytes() - old.lengthBytes();
            return new Shipment(consignment, archived, keys, header, header.length + body);
        } catch (MalformedInputException e) {
            throw new ArchiveDamagedException(String.valueOf(e.getMessage()));
        }
    }

    private static void requireSize(Consignment consignment, Path archived) throws IOException {
        try {
            long size = Files.size(archived);
            if (size != consignment.archivedSizeBytes()) {
                throw new ArchiveDamagedException(
                        "expected " + consignment.archivedSizeBytes() + " bytes in the archive, found " + size);
            }
        } catch (NoSuchFileException e) {
            throw new ArchiveDamagedException("expected the file in the archive, found none");
        }
    }

    /** Its SHA-256, where the ledger knows it beforehand. */
    public Optional<Checksum> knownSha256() {
        return switch (form) {
            case PLAIN -> Optional.of(consignment.plainSha256());
            case ARCHIVED -> Optional.of(consignment.archivedSha256());
            case RECIPIENT_KEY -> Optional.empty();
        };
    }

    /** How many bytes the recipient gets. */
    public long sizeBytes() {
        return sizeBytes;
    }

    /**
     * The bytes from an offset on. The last of them come only if all, read from the first one on, are what the ledger knows.
     *
     * @throws ArchiveDamagedException also while reading, if it is not
     */
    public InputStream from(long offset) throws IOException {
        InputStream opened = open();
        try {
            opened.skipNBytes(offset);
            return opened;
        } catch (IOException | RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private InputStream open() throws IOException {
        InputStream source = DirectSource.open(archived);
        try {
            return open(source);
        } catch (MalformedInputException e) {
            source.close();
            throw new ArchiveDamagedException(String.valueOf(e.getMessage()));
        } catch (IOException | RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** Plaintext proves itself: it comes out of authentic segments only, and has a checksum of its own. */
    private InputStream open(InputStream source) throws IOException {
        if (form == DeliveryForm.PLAIN) {
            DigestingInputStream plain = new DigestingInputStream(
                    new BufferedInputStream(
                            new Crypt4ghInputStream(source, keys.secret()), Crypt4ghFormat.READ_BUFFER_BYTES),
                    new Digests(SHA256));
            return proven(plain, plain, consignment.plainSha256());
        }
        DigestingInputStream whole = new DigestingInputStream(source, new Digests(SHA256));
        InputStream sent = new BufferedInputStream(whole, BUFFER_BYTES);
        if (form == DeliveryForm.RECIPIENT_KEY) {
            Crypt4ghHeader.read(sent);
            sent = new SequenceInputStream(new ByteArrayInputStream(header), sent);
        }
        return proven(sent, whole, consignment.archivedSha256());
    }

    private InputStream proven(InputStream bytes, DigestingInputStream digested, Checksum expected) {
        return new ProvenInputStream(
                bytes,
                sizeBytes,
                () -> ProvenInputStream.requireSame(expected, digested.finish().get(0)));
    }

    /** The SHA-256 of all that the recipient gets, from reading it once; also proves the archived file. */
    public Checksum sha256() throws IOException {
        try (DigestingInputStream all = new DigestingInputStream(from(0), new Digests(SHA256))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (all.read(buffer) >= 0) {
                // digested on the way
            }
            return all.finish().get(0);
        }
    }
}
