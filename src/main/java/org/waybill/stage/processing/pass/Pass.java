package org.waybill.stage.processing.pass;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.DataFormat;
import org.waybill.format.MalformedInputException;
import org.waybill.format.Side;
import org.waybill.format.checksum.lane.Blocks;
import org.waybill.format.checksum.lane.Lanes;
import org.waybill.format.checksum.lane.Tap;
import org.waybill.format.checksum.lane.TappedInputStream;
import org.waybill.format.crypt4gh.Crypt4ghFormat;
import org.waybill.format.crypt4gh.Crypt4ghInputStream;
import org.waybill.format.crypt4gh.Crypt4ghOutputStream;
import org.waybill.format.egaaes.EgaAesFormat;
import org.waybill.format.egaaes.EgaAesInputStream;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.format.egaaes.EgaAesOutputStream;
import org.waybill.format.openpgp.OpenPgpInputStream;
import org.waybill.ledger.Contents.Measured;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Reason;
import org.waybill.ledger.checked.Evidence;
import org.waybill.stage.processing.checks.Checks;
import org.waybill.storage.StableSource;
import org.waybill.storage.UnpublishedFile;

/**
 * The one pass over a file: read, decrypt, hash the plaintext, encrypt, hash the ciphertext, write. What it writes may get
 * its name only if every declared size and checksum matched, the last tag was good and the source did not change. For one
 * thread, which decrypts and encrypts; what is hashed and written of a large file, is on the lanes.
 */
final class Pass {

    private static final Set<ChecksumAlgorithm> EVIDENCE = EnumSet.of(ChecksumAlgorithm.MD5, ChecksumAlgorithm.SHA256);

    /** Of a smaller file the end is forced to disk as soon as it is written. */
    private static final long MANY_BYTES = 8L << 20;

    private final Keyring keyring;
    private final Decryption decryption;
    private final Lanes lanes;
    private final Checks checks;
    private final Watch watch;
    private final Blocks blocks = new Blocks();
    private final byte[] plain = new byte[Crypt4ghFormat.READ_BUFFER_BYTES];

    Pass(Keyring keyring, boolean acceptsPlaintext, Checks checks, Lanes lanes, Watch watch) {
        this.keyring = keyring;
        this.decryption = new Decryption(keyring, acceptsPlaintext);
        this.checks = checks;
        this.lanes = lanes;
        this.watch = watch;
    }

    /**
     * What came of a pass.
     *
     * @param evidence what the checks of the route found, if it has any
     * @param remarks what else is to be told of it
     */
    record Result(Measured measured, Optional<Evidence> evidence, List<String> remarks) {}

    /**
     * Makes the re-encrypted form of a file.
     *
     * @param result where to; whole when this returns, and to be thrown away when this throws
     * @throws FileRejectedException if the file's own fault stops it
     * @throws IOException if the disk failed
     */
    Result over(DataFile file, Path received, UnpublishedFile result) throws IOException, FileRejectedException {
        try (StableSource source = open(file, received)) {
            try {
                return transform(file, source, result);
            } catch (MalformedInputException e) {
                requireUnchanged(source);
                throw new FileRejectedException(Decryption.reason(e), String.valueOf(e.getMessage()));
            }
        }
    }

    private static StableSource open(DataFile file, Path received) throws IOException, FileRejectedException {
        try {
            return StableSource.open(received);
        } catch (NoSuchFileException e) {
            throw new FileRejectedException(
                    Reason.MISSING, "expected the received file of id " + file.id() + ", found none");
        }
    }

    private Result transform(DataFile file, StableSource source, UnpublishedFile result)
            throws IOException, FileRejectedException {
        Verification declared = new Verification(file);
        declared.size(Side.ENCRYPTED, source.sizeBytes());

        String arrivedAs = String.valueOf(file.arrivedAs());
        BufferedInputStream buffered = new BufferedInputStream(source.stream(), Crypt4ghFormat.SEGMENT_PLAIN_BYTES);
        DataFormat format = Decryption.recognise(arrivedAs, buffered);
        if (format == DataFormat.EGA_AES) {
            declared.egaAes(source.sizeBytes());
        }
        Executor threads = lanes.of(source.sizeBytes());
        Optional<ResAccess> service = keyring.res().filter(res -> res.takes(format));
        boolean isCopy = service.isPresent() && format == DataFormat.PLAIN;
        Set<ChecksumAlgorithm> ofSource = declared.algorithms(Side.ENCRYPTED, isCopy ? EVIDENCE : Set.of());
        try (Tap received = Tap.on(blocks, threads, ofSource);
                Tap content = Tap.on(blocks, threads, declared.algorithms(Side.PLAIN, EVIDENCE));
                TappedInputStream encrypted = new TappedInputStream(buffered, received)) {
            Flow flow = new Flow(declared, source, threads, format, encrypted, received, content);
            Made made = service.isPresent() ? throughService(service.get(), flow, result) : here(flow, result);
            result.finish();
            List<Checksum> ofContent = content.finish();
            List<Checksum> ofReceived = received.finish();
            declared.checksums(Side.ENCRYPTED, ofReceived, "");
            declared.size(Side.PLAIN, content.count());
            declared.checksums(Side.PLAIN, ofContent, declared.suspicion(format, service.isPresent()));
            if (isCopy) {
                Verification.requireSame(ofReceived, ofContent);
            }
            Optional<Evidence> evidence = checks.judge(file, () -> watch.read(0));
            requireUnchanged(source);
            return new Result(
                    new Measured(
                            format.name(),
                            content.count(),
                            Verification.value(ofContent, ChecksumAlgorithm.MD5),
                            Verification.value(ofContent, ChecksumAlgorithm.SHA256),
                            declared.completeness(format),
                            made.bytes(),
                            Verification.value(made.checksums(), ChecksumAlgorithm.MD5),
                            Verification.value(made.checksums(), ChecksumAlgorithm.SHA256)),
                    evidence,
                    made.remarks());
        } finally {
            checks.erase();
            blocks.erase();
        }
    }

    /** What flows in a pass: the received bytes past one tap, the plain ones past another. */
    private record Flow(
            Verification declared,
            StableSource source,
            Executor threads,
            DataFormat format,
            TappedInputStream encrypted,
            Tap received,
            Tap content) {}

    /** The archived form of a file, all of which is written. */
    private record Made(long bytes, List<Checksum> checksums, List<String> remarks) {}

    private Made here(Flow flow, UnpublishedFile result) throws IOException, FileRejectedException {
        try (InputStream decrypted = decryption.open(flow.format(), flow.encrypted())) {
            Optional<byte[]> newHeader = newHeader(decrypted);
            OutputStream sink = newHeader.isPresent()
                    ? new BodyCopy(flow.source(), flow.received().count(), newHeader.get().length, result)
                    : sink(result, flow.source());
            try (Tap archived = Tap.before(sink, blocks, flow.threads(), EVIDENCE)) {
                if (newHeader.isPresent()) {
                    archived.write(newHeader.get());
                    flow.encrypted().alsoTo(archived);
                    copy(decrypted, flow.content(), OutputStream.nullOutputStream());
                } else {
                    encrypt(decrypted, flow.content(), archived);
                }
                requireWhole(flow.received(), flow.source());
                String signature = signature(decrypted);
                return new Made(archived.count(), archived.finish(), remarks(newHeader.isPresent(), signature));
            }
        }
    }

    /** The service reads the received file itself; here it is only hashed. */
    private Made throughService(ResAccess service, Flow flow, UnpublishedFile result)
            throws IOException, FileRejectedException {
        long size = flow.source().sizeBytes();
        long plainBytes = flow.format() == DataFormat.PLAIN ? size : EgaAesFormat.plainSize(size);
        flow.declared().size(Side.PLAIN, plainBytes);
        while (flow.encrypted().read(plain) >= 0) {
            watch.read(0);
        }
        requireWhole(flow.received(), flow.source());
        long sentBytes = service.encrypts() ? EgaAesFormat.encryptedSize(plainBytes) : plainBytes;
        long fileId = flow.declared().file().id();
        try (InputStream sent = service.open(fileId, flow.format(), size, sentBytes);
                Tap archived = Tap.before(sink(result, flow.source()), blocks, flow.threads(), EVIDENCE)) {
            if (service.encrypts()) {
                InputStream decrypted = new EgaAesInputStream(
                        new TappedInputStream(sent, archived),
                        keyring.archiveKey().orElseThrow());
                copy(decrypted, flow.content(), OutputStream.nullOutputStream());
            } else {
                encrypt(sent, flow.content(), archived);
            }
            return new Made(
                    archived.count(),
                    archived.finish(),
                    List.of(service.encrypts() ? "encrypted by RES" : "decrypted by RES"));
        }
    }

    private static OutputStream sink(UnpublishedFile result, StableSource source) {
        return source.sizeBytes() < MANY_BYTES ? result.stream() : result.streamOfMany();
    }

    /** The header that makes a file's own body readable for our recipients, if it may be kept. */
    private Optional<byte[]> newHeader(InputStream decrypted) {
        return keyring.rewraps() && decrypted instanceof Crypt4ghInputStream crypt4gh
                ? crypt4gh.headerFor(keyring.recipients())
                : Optional.empty();
    }

    /** What is to be told of the signature; null if there is none. */
    private @Nullable String signature(InputStream decrypted) throws FileRejectedException {
        return decrypted instanceof OpenPgpInputStream message
                ? keyring.openPgp().orElseThrow().judge(message.signature())
                : null;
    }

    private static List<String> remarks(boolean rewrapped, @Nullable String signature) {
        return Stream.of(rewrapped ? "header rewrapped" : null, signature)
                .flatMap(Stream::ofNullable)
                .toList();
    }

    private void encrypt(InputStream decrypted, Tap content, Tap archived) throws IOException, FileRejectedException {
        Optional<EgaAesKey> byPassword = keyring.archiveKey();
        if (byPassword.isPresent()) {
            copy(decrypted, content, new EgaAesOutputStream(archived, byPassword.get()));
            return;
        }
        Crypt4ghOutputStream encryption = new Crypt4ghOutputStream(archived, keyring.recipients());
        try {
            copy(decrypted, content, encryption);
            encryption.finish();
        } finally {
            encryption.abandon();
        }
    }

    private void copy(InputStream decrypted, Tap content, OutputStream encryption)
            throws IOException, FileRejectedException {
        try {
            for (int count; (count = decrypted.read(plain)) >= 0; ) {
                content.write(plain, 0, count);
                checks.add(plain, count);
                encryption.write(plain, 0, count);
                watch.read(count);
            }
        } finally {
            Arrays.fill(plain, (byte) 0);
        }
    }

    private static void requireWhole(Tap received, StableSource source) throws IOException, FileRejectedException {
        if (received.count() != source.sizeBytes()) {
            requireUnchanged(source);
            throw new IOException("expected " + source.sizeBytes() + " bytes, read " + received.count());
        }
        requireUnchanged(source);
    }

    private static void requireUnchanged(StableSource source) throws IOException, FileRejectedException {
        if (source.hasChanged()) {
            throw new FileRejectedException(
                    Reason.CHANGED_WHILE_READ,
                    "expected a file that stays as it is, found another size, time or inode");
        }
    }
}
