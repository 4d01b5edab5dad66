package org.waybill.stage.processing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.waybill.format.checksum.lane.Lanes;
import org.waybill.ledger.DataFile;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Reason;
import org.waybill.route.RouteFiles;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;
import org.waybill.stage.processing.checks.Checks;
import org.waybill.stage.processing.pass.BatchPass;
import org.waybill.stage.processing.pass.Keyring;
import org.waybill.stage.processing.pass.PassResult;
import org.waybill.stage.processing.pass.PassResult.Passed;
import org.waybill.stage.processing.pass.PassResult.Refused;
import org.waybill.stage.processing.pass.Watch;
import org.waybill.storage.WorkingFolders;

/** Nothing that changes while it is read is accepted, not even if its size, its time or its bytes are put back. */
class ChangingFileTest {

    private static final int PLAIN_BYTES = 600_000;
    private static final Duration TICK = Duration.ofMillis(20); // kernels stamp inodes only so often

    @TempDir
    Path home;

    private WorkingFolders folders = new WorkingFolders(Path.of(""), Path.of(""));
    private Path received = Path.of("");
    private byte[] sent = {};

    private enum Change {
        APPENDED {
            @Override
            void make(Path file, byte[] bytes) throws IOException {
                Files.write(file, new byte[1], StandardOpenOption.APPEND);
            }
        },
        OVERWRITTEN_WITH_THE_SAME_AND_MTIME_PUT_BACK {
            @Override
            void make(Path file, byte[] bytes) throws IOException {
                FileTime modified = Files.getLastModifiedTime(file);
                Files.write(file, bytes, StandardOpenOption.WRITE);
                Files.setLastModifiedTime(file, modified);
            }
        },
        CUT {
            @Override
            void make(Path file, byte[] bytes) throws IOException {
                Files.write(file, List.of(), StandardOpenOption.TRUNCATE_EXISTING);
            }
        },
        REPLACED_BY_A_COPY {
            @Override
            void make(Path file, byte[] bytes) throws IOException {
                Path copy = file.resolveSibling("copy");
                Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
                Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            }
        },
        DELETED {
            @Override
            void make(Path file, byte[] bytes) throws IOException {
                Files.delete(file);
            }
        };

        abstract void make(Path file, byte[] bytes) throws IOException;
    }

    @BeforeEach
    void receive() throws IOException {
        Uploads uploads = Uploads.in(home);
        byte[] plain = new byte[PLAIN_BYTES];
        new Random(3).nextBytes(plain);
        sent = uploads.encrypted(plain);
        folders = new WorkingFolders(home.resolve("incoming"), home.resolve("archive"));
        folders.create();
        received = folders.received(1);
    }

    @ParameterizedTest
    @EnumSource
    void fileThatChangesIsRefusedAtOnceAndInTheMiddle(Change change) throws Exception {
        for (int buffer : new int[] {1, 5}) {
            assertThat(pass(buffer, change))
                    .isInstanceOfSatisfying(Refused.class, refused -> assertThat(refused.reason())
                            .isEqualTo(Reason.CHANGED_WHILE_READ));
            assertThat(Floor.filesBelow(folders.processed())).isEmpty();
        }
    }

    @Test
    void fileThatStaysIsTaken() throws Exception {
        assertThat(pass(Integer.MAX_VALUE, Change.DELETED)).isInstanceOf(Passed.class);
        assertThat(folders.processed(1)).exists();
    }

    private PassResult pass(int changeAtBuffer, Change change) throws Exception {
        Files.write(received, sent);
        tickOver();
        Watch watch = new Watch() {
            private int buffers;

            @Override
            public void read(long bytes) {
                if (++buffers == changeAtBuffer) {
                    try {
                        change.make(received, sent);
                    } catch (IOException e) {
                        throw new java.io.UncheckedIOException(e);
                    }
                }
            }

            @Override
            public void passedOver() {}

            @Override
            public void beforePublishing() {}
        };
        try (Keyring keyring = Keyring.open(new RouteFiles(home).named("ega"));
                Lanes lanes = new Lanes()) {
            DataFile file =
                    new DataFile(1, "a", FileState.ARRIVED, "a.c4gh", (long) sent.length, null, null, List.of());
            return new BatchPass(keyring, false, new Checks(Optional.empty()), lanes, folders, watch)
                    .over(List.of(file))
                    .get(0);
        }
    }

    private static void tickOver() {
        long next = System.nanoTime() + TICK.toNanos();
        while (System.nanoTime() < next) {
            Thread.onSpinWait();
        }
    }
}
