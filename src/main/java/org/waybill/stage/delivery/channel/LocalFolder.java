package org.waybill.stage.delivery.channel;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntConsumer;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.checksum.DigestingInputStream;
import org.waybill.format.checksum.Digests;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.Deliveries.Placed;
import org.waybill.ledger.delivery.HoldReason;
import org.waybill.route.delivery.DeliveryChannel;
import org.waybill.stage.delivery.content.Shipment;
import org.waybill.storage.Directories;
import org.waybill.storage.FileFacts;
import org.waybill.storage.UnpublishedFile;

/** Recipients' folders on this machine, such as the document root of a web server. */
final class LocalFolder implements Channel {

    private static final Set<ChecksumAlgorithm> SHA256 = EnumSet.of(ChecksumAlgorithm.SHA256);
    private static final int BUFFER_BYTES = 256 * 1024;

    private final DeliveryChannel.Local terms;
    private final ConcurrentMap<Path, Boolean> swept;
    private final IntConsumer passed;

    /**
     * @param swept folders from which the run has removed what earlier ones left
     * @param passed told between buffers how many bytes were read; may throw to end it
     */
    LocalFolder(DeliveryChannel.Local terms, ConcurrentMap<Path, Boolean> swept, IntConsumer passed) {
        this.terms = terms;
        this.swept = swept;
        this.passed = passed;
    }

    @Override
    public Placed place(Consignment consignment, Shipment shipment, Runnable beforeNaming)
            throws IOException, HeldException {
        Path target = terms.folder().resolve(consignment.placedAs());
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            Checksum wanted = shipment.sha256();
            if (holds(target, shipment.sizeBytes(), wanted)) {
                Directories.force(Directories.of(target)); // whoever gave it the name may have died before
                return placed(consignment, shipment.sizeBytes(), wanted);
            }
            if (!consignment.replaces()) {
                throw taken(consignment, target, wanted);
            }
        }
        makeFolder(Directories.of(target));
        sweep(Directories.of(target));
        try (UnpublishedFile file = UnpublishedFile.in(Directories.of(target), target, terms.fileMode())) {
            Checksum sent = write(shipment, file.stream());
            file.force();
            Checksum found = sha256(file.readBack());
            if (!found.equals(sent)) {
                throw new IOException("delivery " + consignment.deliveryId() + ": expected to read back " + sent
                        + ", found " + found);
            }
            beforeNaming.run();
            name(file, consignment);
            Directories.force(Directories.of(target));
            return placed(consignment, shipment.sizeBytes(), sent);
        }
    }

    private static void name(UnpublishedFile file, Consignment consignment) throws IOException, HeldException {
        if (consignment.replaces()) {
            file.publishReplacing();
            return;
        }
        try {
            file.publish();
        } catch (FileAlreadyExistsException e) {
            throw new HeldException(
                    HoldReason.PLACE_TAKEN, "expected no file at " + consignment.placedAs() + ", found one since");
        }
    }

    private Checksum write(Shipment shipment, OutputStream out) throws IOException {
        try (DigestingInputStream in = new DigestingInputStream(shipment.from(0), new Digests(SHA256))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int count; (count = in.read(buffer)) >= 0; ) {
                passed.accept(count);
                out.write(buffer, 0, count);
            }
            return in.finish().get(0);
        }
    }

    private void makeFolder(Path folder) throws IOException, HeldException {
        try {
            Directories.createDurably(folder, PosixFilePermissions.asFileAttribute(terms.folderMode()));
        } catch (FileAlreadyExistsException | NotDirectoryException e) {
            throw new HeldException(
                    HoldReason.PLACE_REFUSED,
                    "expected a folder at " + terms.folder().relativize(folder) + ", found a file there or above");
        } catch (java.nio.file.AccessDeniedException e) {
            throw new HeldException(
                    HoldReason.PLACE_REFUSED,
                    "expected to be allowed to make " + terms.folder().relativize(folder) + ", was refused");
        }
    }

    /** Only the owner of the stage writes here: what is unpublished when a run first comes is of one that died. */
    private void sweep(Path folder) throws IOException {
        try {
            swept.computeIfAbsent(folder, unswept -> {
                try {
                    if (Files.isDirectory(unswept, LinkOption.NOFOLLOW_LINKS)) {
                        UnpublishedFile.sweep(unswept);
                    }
                    return true;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static HeldException taken(Consignment consignment, Path target, Checksum wanted) throws IOException {
        FileFacts facts = FileFacts.of(target);
        String found = facts.isFile()
                ? sha256(Files.newInputStream(target)) + " of " + facts.sizeBytes() + " bytes"
                : "no file";
        return new HeldException(
                HoldReason.PLACE_TAKEN,
                "expected a free name or " + wanted + " at " + consignment.placedAs() + ", found " + found);
    }

    @Override
    public void takeBack(Consignment consignment) throws IOException, HeldException {
        Path target = terms.folder().resolve(consignment.placedAs());
        Checksum placed = consignment.placedSha256();
        sweep(Directories.of(target));
        if (placed == null || !Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!FileFacts.of(target).isFile()
                || !sha256(Files.newInputStream(target)).equals(placed)) {
            throw new HeldException(
                    HoldReason.NOT_OURS_ANY_MORE,
                    "expected " + placed + " at " + consignment.placedAs() + ", found something else");
        }
        Files.delete(target);
        Directories.force(Directories.of(target));
    }

    private static boolean holds(Path target, long sizeBytes, Checksum sha256) throws IOException {
        FileFacts facts = FileFacts.of(target);
        return facts.isFile()
                && facts.sizeBytes() == sizeBytes
                && sha256(Files.newInputStream(target)).equals(sha256);
    }

    private static Checksum sha256(InputStream source) throws IOException {
        try (DigestingInputStream in = new DigestingInputStream(source, new Digests(SHA256))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            while (in.read(buffer) >= 0) {
                // digested on the way
            }
            return in.finish().get(0);
        }
    }

    private static Placed placed(Consignment consignment, long sizeBytes, Checksum sha256) {
        return new Placed(consignment.deliveryId(), sizeBytes, sha256, "READ_BACK", true);
    }

    @Override
    public void close() {
        // nothing is kept open
    }
}
