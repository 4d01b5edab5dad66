package org.waybill.remote.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.remote.sftp.BadLine.Kind;
import org.waybill.remote.sftp.Delivered.Outcome;
import org.waybill.remote.sftp.session.BytesPerSecond;
import org.waybill.remote.sftp.session.SftpBrokenException;
import org.waybill.remote.sftp.session.SftpChannel;
import org.waybill.remote.sftp.session.SftpLimits;
import org.waybill.remote.sftp.session.SftpStoppedException;

/** F12: a line to the real sshd that is cut, reset or falls silent. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class BadLineIT {

    private static final int CUTS = 100;
    private static final int MB = 1 << 20;
    private static final int SIZE = 6 * MB; // of files that are cut once
    private static final long SENT_AHEAD = 3 * MB; // what may be on its way: 2 MiB, and the sockets' buffers

    @TempDir
    private static Path serverFolder = Path.of("");

    private static OpenSshServer server;

    @TempDir
    private Path inbox = Path.of("");

    private BadLine line;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private SftpPartner partner;

    @BeforeAll
    static void startServer() throws Exception {
        server = OpenSshServer.start(serverFolder);
    }

    @AfterAll
    static void stopServer() throws Exception {
        server.close();
    }

    @BeforeEach
    void connect() throws IOException {
        line = new BadLine(server.port());
        partner = newPartner(Duration.ofMinutes(2));
    }

    /** With a connection of its own. */
    private SftpPartner newPartner(Duration keepAlive) throws IOException {
        return new SftpPartner(
                server.address(line.port()),
                server.login(),
                server.knownHosts(),
                new SftpLimits(
                        2,
                        Duration.ofMinutes(2),
                        Duration.ofMinutes(2),
                        keepAlive,
                        BytesPerSecond.unlimited(),
                        stopped::get));
    }

    @AfterEach
    void disconnect() throws IOException {
        partner.close();
        line.close();
    }

    /** Far less is sent again than the 64 MiB or 1 % that are allowed. */
    @Test
    void eachOfManyCutsIsGoneOnFrom() throws IOException {
        Random random = new Random(12);
        for (int i = 0; i < CUTS; i++) {
            Bytes content = Bytes.random(i, SIZE + random.nextInt(1000));
            line.next(i % 2 == 0 ? Kind.CUT : Kind.RESET, 10_000 + random.nextInt(SIZE));
            Upload upload = Upload.of(inbox + "/file" + i, content, "cut-" + i);
            long before = line.bytesToServer();

            Delivered delivered;
            try (SftpPartner one = newPartner(Duration.ofMinutes(2))) {
                assertThatThrownBy(() -> one.put(upload)).isInstanceOf(SftpBrokenException.class);
                assertThat(inbox.resolve("file" + i)).doesNotExist();
                delivered = one.put(upload);
            }

            assertThat(Files.readAllBytes(inbox.resolve("file" + i))).isEqualTo(content.bytes());
            assertThat(delivered.sha256()).isEqualTo(content.hash());
            assertThat(line.bytesToServer() - before - content.sizeBytes()).isLessThan(SENT_AHEAD);
            Files.delete(inbox.resolve("file" + i));
        }
        assertThat(inbox).isEmptyDirectory();
    }

    @Test
    void oneFileSurvivesManyCuts() throws IOException {
        Bytes content = Bytes.random(99, 60 * MB);
        Upload upload = Upload.of(inbox + "/file", content, "cuts");
        for (int i = 0; i < 12; i++) {
            line.next(Kind.CUT, 4 * MB);
            assertThatThrownBy(() -> partner.put(upload)).isInstanceOf(SftpBrokenException.class);
        }

        Delivered delivered = partner.put(upload);

        assertThat(delivered.outcome()).isEqualTo(Outcome.RESUMED);
        assertThat(delivered.sentBytes()).isLessThan(40 * MB);
        assertThat(Files.readAllBytes(inbox.resolve("file"))).isEqualTo(content.bytes());
    }

    @Test
    void aLineThatFallsSilentIsGivenUp() throws IOException {
        Bytes content = Bytes.random(5, 20 * MB);
        Upload upload = Upload.of(inbox + "/file", content, "stall");
        line.next(Kind.STALL, 5 * MB);

        try (SftpPartner impatient = newPartner(Duration.ofSeconds(1))) {
            assertThatThrownBy(() -> impatient.put(upload))
                    .isInstanceOf(SftpBrokenException.class)
                    .hasMessageContaining("127.0.0.1:" + line.port())
                    .hasMessageNotContaining("file");
        }
        assertThat(partner.put(upload).outcome()).isEqualTo(Outcome.RESUMED);
        assertThat(Files.readAllBytes(inbox.resolve("file"))).isEqualTo(content.bytes());
    }

    @Test
    void aStopEndsATransferOverASilentLine() throws Exception {
        Upload upload = Upload.of(inbox + "/file", Bytes.random(6, 20 * MB), "stop");
        line.next(Kind.STALL, 5 * MB);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Delivered> sending = other.submit(() -> partner.put(upload));
            line.awaitFault();
            stopped.set(true);

            assertThatThrownBy(sending::get).hasCauseInstanceOf(SftpStoppedException.class);
        } finally {
            other.shutdownNow();
        }
        stopped.set(false);
        try (SftpPartner next = newPartner(Duration.ofMinutes(2))) {
            assertThat(next.put(upload).outcome()).isEqualTo(Outcome.RESUMED);
        }
    }

    /** @param waits whether it waits for an answer by then, or may still send */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anInterruptionEndsATransferAndIsKept(boolean waits) throws Exception {
        Upload upload = Upload.of(inbox + "/file", Bytes.random(7, 20 * MB), "interrupt");
        line.next(Kind.STALL, 5 * MB);
        AtomicBoolean isKept = new AtomicBoolean();
        CountDownLatch ended = new CountDownLatch(1);
        Thread sending = new Thread(() -> {
            try {
                partner.put(upload);
            } catch (SftpStoppedException e) {
                isKept.set(Thread.currentThread().isInterrupted());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } finally {
                ended.countDown();
            }
        });
        sending.start();
        line.awaitFault();
        while (waits && !isWaitingForAnAnswer(sending)) {
            Thread.onSpinWait();
        }
        sending.interrupt();

        assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(isKept).isTrue();
    }

    private static boolean isWaitingForAnAnswer(Thread thread) {
        return thread.getState() == Thread.State.TIMED_WAITING
                && Stream.of(thread.getStackTrace())
                        .anyMatch(frame -> frame.getClassName().equals(SftpChannel.class.getName())
                                && frame.getMethodName().equals("receive"));
    }

    @Test
    void whoeverClosesEndsTheTransfersOfOthers() throws Exception {
        Upload upload = Upload.of(inbox + "/file", Bytes.random(8, 20 * MB), "close");
        line.next(Kind.STALL, 5 * MB);
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            Future<Delivered> sending = other.submit(() -> partner.put(upload));
            line.awaitFault();
            partner.close();

            assertThatThrownBy(sending::get).hasCauseInstanceOf(SftpStoppedException.class);
            assertThatThrownBy(() -> partner.stat("/")).isInstanceOf(SftpStoppedException.class);
        } finally {
            other.shutdownNow();
        }
    }

    @Test
    void aStreamThatBrokeIsOpenedAgainWhereItWas() throws IOException {
        Bytes content = Bytes.random(9, 6 * MB);
        Files.write(inbox.resolve("log"), content.bytes());
        line.next(Kind.CUT, 9_000); // the questions that were asked ahead

        byte[] read = new byte[0];
        int breaks = 0; // the connection itself takes some 6,000 bytes
        while (read.length < content.sizeBytes()) {
            try (InputStream log = partner.read(inbox + "/log", read.length)) {
                byte[] buffer = new byte[100_000];
                for (int n = log.read(buffer); n >= 0; n = log.read(buffer)) {
                    int end = read.length;
                    read = Arrays.copyOf(read, end + n);
                    System.arraycopy(buffer, 0, read, end, n);
                }
            } catch (SftpBrokenException e) {
                breaks++;
            }
        }

        assertThat(breaks).isEqualTo(1);
        assertThat(read).isEqualTo(content.bytes());
    }

    @Test
    void aServerThatDiesInMidFileIsGoneOnWithWhenItIsBack() throws Exception {
        Bytes content = Bytes.random(10, 30 * MB);
        Content slow = new Content() {
            @Override
            public long sizeBytes() {
                return content.sizeBytes();
            }

            @Override
            public InputStream from(long offset) throws IOException {
                if (offset == 0) {
                    return new DyingServer(content.from(0));
                }
                return content.from(offset);
            }
        };
        assertThatThrownBy(() -> partner.put(Upload.of(inbox + "/file", slow, "died")))
                .isInstanceOf(SftpBrokenException.class);
        assertThatThrownBy(() -> partner.put(Upload.of(inbox + "/file", content, "died")))
                .isInstanceOf(SftpBrokenException.class);

        server.startAgain();

        assertThat(partner.put(Upload.of(inbox + "/file", content, "died")).outcome())
                .isEqualTo(Outcome.RESUMED);
        assertThat(Files.readAllBytes(inbox.resolve("file"))).isEqualTo(content.bytes());
    }

    /** Kills the server when half of it is read. */
    private static final class DyingServer extends java.io.FilterInputStream {

        private int count;

        DyingServer(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            int n = super.read(into, offset, length);
            boolean wasBefore = count < 15 * MB;
            count += n;
            if (wasBefore && count >= 15 * MB) {
                try {
                    server.kill();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return n;
        }
    }
}
