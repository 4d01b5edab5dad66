package org.waybill.stage.processing.pass;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.waybill.format.DataFormat;
import org.waybill.remote.res.ResClient;
import org.waybill.remote.res.ResFormat;
import org.waybill.remote.res.ResRequest;
import org.waybill.remote.res.ResSide;

/**
 * What has files decrypted, or encrypted anew, by the re-encryption service. It reads the received files itself. For the
 * passes of a run, which may be on several threads: what it refuses one of them, or does not answer after so many
 * attempts, it is not asked again for in this run.
 */
final class ResAccess implements AutoCloseable {

    private final ResClient client;
    private final String received;
    private final ResSide plain = ResSide.of(ResFormat.PLAIN);
    private final @Nullable ResSide egaAes;
    private final @Nullable ResSide archive;
    private final boolean acceptsPlaintext;
    private volatile @Nullable String gaveUp;

    /**
     * @param received the folder of the received files, as the service knows it
     * @param egaAes what opens arriving {@code .cip} files; null: they are not for the service
     * @param archive what the service makes of files; null: it only decrypts them
     * @param acceptsPlaintext whether it makes that of files that arrive unencrypted, too
     */
    ResAccess(
            ResClient client,
            String received,
            @Nullable ResSide egaAes,
            @Nullable ResSide archive,
            boolean acceptsPlaintext) {
        this.client = client;
        this.received = received;
        this.egaAes = egaAes;
        this.archive = archive;
        this.acceptsPlaintext = acceptsPlaintext;
    }

    /** Whether files that arrive so are for the service. */
    boolean takes(DataFormat format) {
        return switch (format) {
            case EGA_AES -> egaAes != null;
            case PLAIN -> archive != null && acceptsPlaintext;
            case CRYPT4GH, OPENPGP -> false;
        };
    }

    /** Whether what the service sends is encrypted for the archive; else it is the plain content. */
    boolean encrypts() {
        return archive != null;
    }

    /**
     * What the service makes of a received file: exactly as many bytes as were expected, else reading fails.
     *
     * @param format one that it takes
     * @throws IOException also where what was asked for another file was given up
     */
    InputStream open(long fileId, DataFormat format, long receivedBytes, long expectedBytes) throws IOException {
        String before = gaveUp;
        if (before != null) {
            throw new IOException(before);
        }
        ResSide source = Optional.ofNullable(format == DataFormat.EGA_AES ? egaAes : null)
                .orElse(plain);
        ResSide destination = Optional.ofNullable(archive).orElse(plain);
        String path = received + "/" + fileId;
        try {
            return new ExactlySoLong(
                    client.open(new ResRequest(path, receivedBytes, source, destination, expectedBytes == 0)),
                    expectedBytes);
        } catch (InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            gaveUp = "the re-encryption service failed: " + e.getMessage();
            throw new IOException(gaveUp);
        }
    }

    /** Whether the service answers, for who checks the route. */
    String remark() {
        return client.heartbeat()
                .map(silence -> client + " does not work: " + silence + "; what goes through it waits until it does")
                .orElse(client + ": it answers");
    }

    @Override
    public void close() {
        Optional.ofNullable(egaAes).ifPresent(ResSide::close);
        Optional.ofNullable(archive).ifPresent(ResSide::close);
    }
}
