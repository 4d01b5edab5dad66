package org.waybill.stage.processing.pass;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.waybill.format.AuthenticationFailedException;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.format.DataFormat;
import org.waybill.format.MalformedInputException;
import org.waybill.format.Side;
import org.waybill.format.TruncatedInputException;
import org.waybill.format.WrongKeyException;
import org.waybill.format.checksum.DigestingInputStream;
import org.waybill.format.checksum.DigestingOutputStream;
import org.waybill.format.checksum.Digests;
import org.waybill.format.crypt4gh.Crypt4ghFormat;
import org.waybill.format.crypt4gh.Crypt4ghOutputStream;
import org.waybill.ledger.Contents.Measured;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Reason;
import org.waybill.stage.processing.pass.PassResult.Passed;
import org.waybill.stage.processing.pass.PassResult.Refused;
import org.waybill.storage.StableSource;
import org.waybill.storage.UnpublishedFile;

/**
 * The one pass over a file: read, decrypt, hash the plaintext, encrypt, hash the ciphertext, write. What it writes gets
 * its name only if every declared size and checksum matched, the last tag was good and the source did not change. For one
 * thread.
 */
public final class Pass {

    private static final Set<ChecksumAlgorithm> EVIDENCE = EnumSet.of(ChecksumAlgorithm.MD5, ChecksumAlgorithm.SHA256);

    private final Keyring keyring;
    private final Decryption decryption;
    private final Watch watch;
    private final byte[] plain = new byte[Crypt4ghFormat.READ_BUFFER_BYTES];

    public Pass(Keyring keyring, boolean acceptsPlaintext, Watch watch) {
        this.keyring = keyring;
        this.decryption = new Decryption(keyring, acceptsPlaintext);
        this.watch = watch;
    }

    /** Who looks on while a file is read. */
    public interface Watch {

        /** Called between buffers; may throw to end the pass. */
        void read(long bytes);

        /** Called when all is well, before the result gets its name; may throw to prevent that. */
        void beforePublishing();
    }

    /**
     * Makes the re-encrypted form of a file, complete and forced to disk.
     *
     * @param target its name; the force of the folder is left to the caller
     * @throws IOException if the disk failed; nothing was left behind
     */
    public PassResult over(DataFile file, Path received, Path target) throws IOException {
        try (StableSource source = open(file, received)) {
            try (UnpublishedFile result = UnpublishedFile.beside(target)) {
                Measured measured = transform(file, source, result);
                watch.beforePublishing();
                result.publish();
                return new Passed(file, measured);
            } catch (MalformedInputException e) {
                requireUnchanged(source);
                throw new FileRejectedException(reason(e), String.valueOf(e.getMessage()));
            }
        } catch (FileRejectedException e) {
            return new Refused(file, e.reason(), e.detail());
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

    private Measured transform(DataFile file, StableSource source, UnpublishedFile result)
            throws IOException, FileRejectedException {
        Verification declared = new Verification(file);
        declared.size(Side.ENCRYPTED, source.sizeBytes());

        String arrivedAs = String.valueOf(file.arrivedAs());
        BufferedInputStream buffered = new BufferedInputStream(source.stream(), Crypt4ghFormat.READ_BUFFER_BYTES);
        DataFormat format = Decryption.recognise(arrivedAs, buffered);
        DigestingInputStream encrypted =
                new DigestingInputStream(buffered, new Digests(declared.declaredAlgorithms(Side.ENCRYPTED)));
        Digests plainDigests = new Digests(union(EVIDENCE, declared.declaredAlgorithms(Side.PLAIN)));
        DigestingOutputStream archived = new DigestingOutputStream(result.stream(), new Digests(EVIDENCE));

        long plainSize;
        Crypt4ghOutputStream encryption = new Crypt4ghOutputStream(archived, keyring.recipients());
        try (InputStream decrypted = decryption.open(format, encrypted, declared)) {
            plainSize = copy(decrypted, plainDigests, encryption);
            encryption.finish();
            if (encrypted.count() != source.sizeBytes()) {
                requireUnchanged(source);
                throw new IOException("expected " + source.sizeBytes() + " bytes, read " + encrypted.count());
            }
            requireUnchanged(source);
        } finally {
            encryption.abandon();
        }
        List<Checksum> ofEncrypted = encrypted.finish();
        List<Checksum> ofPlain = plainDigests.finish();
        declared.checksums(Side.ENCRYPTED, ofEncrypted);
        declared.size(Side.PLAIN, plainSize);
        declared.checksums(Side.PLAIN, ofPlain);

        List<Checksum> ofArchived = archived.finish();
        return new Measured(
                format.name(),
                plainSize,
                value(ofPlain, ChecksumAlgorithm.MD5),
                value(ofPlain, ChecksumAlgorithm.SHA256),
                declared.completeness(),
                archived.count(),
                value(ofArchived, ChecksumAlgorithm.MD5),
                value(ofArchived, ChecksumAlgorithm.SHA256));
    }

    private long copy(InputStream decrypted, Digests digests, Crypt4ghOutputStream encryption) throws IOException {
        long size = 0;
        try {
            for (int count; (count = decrypted.read(plain)) >= 0; ) {
                digests.update(plain, 0, count);
                encryption.write(plain, 0, count);
                size += count;
                watch.read(count);
            }
            return size;
        } finally {
            java.util.Arrays.fill(plain, (byte) 0);
        }
    }

    private static void requireUnchanged(StableSource source) throws IOException, FileRejectedException {
        if (source.hasChanged()) {
            throw new FileRejectedException(
                    Reason.CHANGED_WHILE_READ,
                    "expected a file that stays as it is, found another size, time or inode");
        }
    }

    private static Reason reason(MalformedInputException fault) {
        if (fault instanceof WrongKeyException) {
            return Reason.NO_KEY_FITS;
        }
        if (fault instanceof AuthenticationFailedException) {
            return Reason.DAMAGED;
        }
        return fault instanceof TruncatedInputException ? Reason.TRUNCATED : Reason.MALFORMED;
    }

    private static Set<ChecksumAlgorithm> union(Set<ChecksumAlgorithm> some, Set<ChecksumAlgorithm> others) {
        Set<ChecksumAlgorithm> all = EnumSet.copyOf(some);
        all.addAll(others);
        return all;
    }

    private static Checksum value(List<Checksum> checksums, ChecksumAlgorithm algorithm) {
        return checksums.stream()
                .filter(checksum -> checksum.algorithm() == algorithm)
                .findFirst()
                .orElseThrow();
    }
}
