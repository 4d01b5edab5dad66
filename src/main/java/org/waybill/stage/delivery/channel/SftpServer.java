package org.waybill.stage.delivery.channel;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.attribute.PosixFilePermission;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.Deliveries.Placed;
import org.waybill.ledger.delivery.HoldReason;
import org.waybill.remote.sftp.Content;
import org.waybill.remote.sftp.Delivered;
import org.waybill.remote.sftp.SftpPartner;
import org.waybill.remote.sftp.Upload;
import org.waybill.remote.sftp.file.Proof;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.session.BytesPerSecond;
import org.waybill.remote.sftp.session.SftpLimits;
import org.waybill.remote.sftp.session.SftpStoppedException;
import org.waybill.route.delivery.Bandwidth;
import org.waybill.route.delivery.DeliveryChannel;
import org.waybill.run.StageRun;
import org.waybill.stage.SftpPartners;
import org.waybill.stage.delivery.content.Shipment;

/** A recipient's server that speaks SFTP. */
final class SftpServer implements Channel {

    private final DeliveryChannel.Sftp terms;
    private final SftpPartner partner;
    private final IntConsumer passed;
    private final StageRun run;

    private SftpServer(DeliveryChannel.Sftp terms, SftpPartner partner, IntConsumer passed, StageRun run) {
        this.terms = terms;
        this.partner = partner;
        this.passed = passed;
        this.run = run;
    }

    /**
     * Connects to nothing yet.
     *
     * @param passed told how many bytes were read to be sent
     * @throws UncheckedIOException if the login's key or the file of known hosts cannot be used
     */
    static SftpServer open(
            DeliveryChannel.Sftp terms, Bandwidth bandwidth, IntConsumer passed, StageRun run, InstantSource clock)
            throws IOException {
        BytesPerSecond speed = new BytesPerSecond(
                () -> bandwidth.at(clock.instant().atZone(ZoneOffset.UTC)).orElse(BytesPerSecond.NO_LIMIT));
        SftpLimits limits = SftpLimits.usual(speed, run::isStopping).withTransfers(terms.connections());
        return new SftpServer(terms, SftpPartners.of(terms.account(), limits), passed, run);
    }

    @Override
    public Placed place(Consignment consignment, Shipment shipment, Runnable beforeNaming)
            throws IOException, HeldException {
        return asking(consignment, () -> {
            Upload upload = upload(consignment, shipment, beforeNaming);
            makeFolder(folder(upload));
            return placed(consignment, partner.put(upload));
        });
    }

    @Override
    public boolean placesTogether() {
        return true;
    }

    @Override
    public Map<Consignment, Placed> placeTogether(List<Parcel> parcels, Runnable beforeNaming) throws IOException {
        Map<Upload, Consignment> consignments = new LinkedHashMap<>();
        Set<String> folders = new LinkedHashSet<>();
        for (Parcel each : parcels) {
            Upload upload = upload(each.consignment(), each.shipment(), beforeNaming);
            consignments.put(upload, each.consignment());
            folders.add(folder(upload));
        }
        for (String folder : folders) {
            makeFolder(folder);
        }
        Map<Upload, Delivered> delivered = partner.putTogether(List.copyOf(consignments.keySet()));
        Map<Consignment, Placed> placed = new LinkedHashMap<>();
        consignments.forEach((upload, consignment) -> {
            Delivered one = delivered.get(upload);
            if (one != null) {
                placed.put(consignment, placed(consignment, one));
            }
        });
        return placed;
    }

    /** Empty if it is the one that the login begins in, or the root. */
    private static String folder(Upload upload) {
        return upload.path().substring(0, Math.max(0, upload.path().lastIndexOf('/')));
    }

    private void makeFolder(String folder) throws IOException {
        if (!folder.isEmpty()) {
            partner.makeFolders(folder, bits(terms.folderMode()));
        }
    }

    private Upload upload(Consignment consignment, Shipment shipment, Runnable beforeNaming) {
        Upload upload = Upload.of(path(consignment), content(shipment), token(consignment))
                .withMode(bits(terms.fileMode()))
                .asking(beforeNaming);
        return consignment.replaces() ? upload.replacing() : upload;
    }

    private static Placed placed(Consignment consignment, Delivered delivered) {
        return new Placed(
                consignment.deliveryId(),
                delivered.sizeBytes(),
                new Checksum(ChecksumAlgorithm.SHA256, delivered.sha256()),
                delivered.proof() == Proof.READ_BACK ? "READ_BACK" : "SERVER_HASH",
                delivered.isForced());
    }

    @Override
    public void takeBack(Consignment consignment) throws IOException, HeldException {
        Checksum placed = consignment.placedSha256();
        SftpPartner.Removal removal = asking(consignment, () -> {
            String path = path(consignment);
            int end = path.lastIndexOf('/');
            partner.removeParts(end < 0 ? "." : path.substring(0, Math.max(1, end)), token(consignment));
            return placed == null ? SftpPartner.Removal.NOT_THERE : partner.remove(path, placed.hex());
        });
        if (removal == SftpPartner.Removal.OTHER_CONTENT) {
            throw new HeldException(
                    HoldReason.NOT_OURS_ANY_MORE,
                    "expected " + placed + " at " + consignment.placedAs() + ", found something else");
        }
    }

    private interface Asking<T> {
        T ask() throws IOException;
    }

    /** What only a person can mend is either about this one file, and then it is held, or about the server. */
    private <T> T asking(Consignment consignment, Asking<T> asking) throws IOException, HeldException {
        try {
            return asking.ask();
        } catch (SftpStoppedException e) {
            run.continueOrStop();
            throw e;
        } catch (SftpRefusedException e) {
            switch (e.reason()) {
                case EXISTS -> throw held(HoldReason.PLACE_TAKEN, consignment, e);
                case PERMISSION, NOT_THERE -> throw held(HoldReason.PLACE_REFUSED, consignment, e);
                default -> throw new UncheckedIOException(e);
            }
        }
    }

    private static HeldException held(HoldReason reason, Consignment consignment, SftpRefusedException fault) {
        return new HeldException(reason, consignment.placedAs() + ": " + fault.getMessage());
    }

    /** The same in each run: what an earlier one left is gone on with. */
    private static String token(Consignment consignment) {
        return "waybill-" + consignment.deliveryId();
    }

    private String path(Consignment consignment) {
        String folder = terms.folder().replaceAll("/+$", "");
        return folder.equals(".") ? consignment.placedAs() : folder + "/" + consignment.placedAs();
    }

    private Content content(Shipment shipment) {
        return new Content() {
            @Override
            public long sizeBytes() {
                return shipment.sizeBytes();
            }

            @Override
            public Optional<String> sha256() {
                return shipment.knownSha256().map(Checksum::hex);
            }

            @Override
            public InputStream from(long offset) throws IOException {
                return new FilterInputStream(shipment.from(offset)) {
                    @Override
                    public int read(byte[] bytes, int from, int length) throws IOException {
                        int count = super.read(bytes, from, length);
                        passed.accept(Math.max(0, count));
                        return count;
                    }
                };
            }
        };
    }

    private static int bits(Set<PosixFilePermission> permissions) {
        int bits = 0;
        for (PosixFilePermission each : PosixFilePermission.values()) { // in the order of rwxrwxrwx
            bits = bits << 1 | (permissions.contains(each) ? 1 : 0);
        }
        return bits;
    }

    @Override
    public void close() {
        partner.close();
    }
}
