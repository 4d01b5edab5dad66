package org.waybill.remote.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.waybill.remote.sftp.Delivered.Outcome;
import org.waybill.remote.sftp.LyingServer.Lie;
import org.waybill.remote.sftp.file.Proof;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.identity.SftpRefusedException.Reason;
import org.waybill.remote.sftp.session.SftpBrokenException;

/** F13: each lie is told right, and nothing is taken for delivered that is not. */
class LyingServerTest {

    private static final Bytes CONTENT = Bytes.random(13, 300_000);

    @TempDir
    private Path inbox = Path.of("");

    @ParameterizedTest
    @EnumSource(names = {"LOSES_A_WRITE", "CHANGES_A_BIT"})
    void aServerThatDoesNotKeepWhatItGotIsFoundOutByReadingItBack(Lie lie) throws IOException {
        refusesThenMends(Proof.READ_BACK, lie, Lie.OFFERS_NO_HASH);
    }

    @ParameterizedTest
    @EnumSource(names = {"LOSES_A_WRITE", "CHANGES_A_BIT"})
    void aServerThatDoesNotKeepWhatItGotIsFoundOutByItsOwnHash(Lie lie) throws IOException {
        refusesThenMends(Proof.SERVER_SHA256, lie);
    }

    /** The next try sends on from where it first differs. */
    private void refusesThenMends(Proof proof, Lie... lies) throws IOException {
        try (LyingServer server = new LyingServer(lies);
                SftpPartner partner = server.partner()) {
            assertThatThrownBy(() -> partner.put(upload()))
                    .isInstanceOf(SftpBrokenException.class)
                    .hasMessageContaining("differs from what was sent")
                    .hasMessageNotContaining("result");
            assertThat(inbox.resolve("result")).doesNotExist();

            server.stopLying();
            Delivered mended = partner.put(upload());

            assertThat(mended.outcome()).isEqualTo(Outcome.RESUMED);
            assertThat(mended.proof()).isEqualTo(proof);
            assertThat(Files.readAllBytes(inbox.resolve("result"))).isEqualTo(CONTENT.bytes());
        }
    }

    @Test
    void aServerThatLosesTheEndIsFoundOut() throws IOException {
        assertThatThrownBy(() -> putTo(Lie.LOSES_THE_END, Lie.OFFERS_NO_HASH))
                .isInstanceOf(SftpBrokenException.class)
                .hasMessageContaining("bytes where 300000 were sent");
        assertThat(inbox.resolve("result")).doesNotExist();
    }

    @Test
    void aWrongSizeIsNotAccepted() throws IOException {
        assertThatThrownBy(() -> putTo(Lie.SAYS_ONE_BYTE_MORE))
                .isInstanceOf(SftpBrokenException.class)
                .hasMessageContaining("has 300001 bytes where 300000 were sent");
        assertThat(inbox.resolve("result")).doesNotExist();
    }

    @Test
    void fewerBytesThanAskedForAreAskedForAgain() throws IOException {
        assertThat(putTo(Lie.GIVES_FEWER_BYTES_THAN_ASKED, Lie.OFFERS_NO_HASH).proof())
                .isEqualTo(Proof.READ_BACK);
        try (LyingServer server = new LyingServer(Lie.GIVES_FEWER_BYTES_THAN_ASKED);
                SftpPartner partner = server.partner();
                InputStream log = partner.read(inbox + "/result", 100)) {
            assertThat(log.readAllBytes())
                    .isEqualTo(java.util.Arrays.copyOfRange(CONTENT.bytes(), 100, CONTENT.bytes().length));
        }
    }

    @Test
    void aServerThatGivesNothingIsNotAskedForEver() throws IOException {
        assertThatThrownBy(() -> putTo(Lie.GIVES_NOTHING, Lie.OFFERS_NO_HASH))
                .isInstanceOf(SftpBrokenException.class)
                .hasMessageMatching(".*answers a read of [0-9]+ bytes with 0.*");
    }

    @Test
    void aRefusedRenameIsTold() throws IOException {
        assertThatThrownBy(() -> putTo(Lie.REFUSES_TO_RENAME)).isInstanceOfSatisfying(SftpRefusedException.class, e -> {
            assertThat(e.reason()).isEqualTo(Reason.PERMISSION);
            assertThat(e.remotePath()).hasValue(inbox + "/result");
            assertThat(e).hasMessageNotContaining("result");
        });
    }

    @Test
    void aRenameThatWasNotDoneIsFoundOut() throws IOException {
        assertThatThrownBy(() -> putTo(Lie.PRETENDS_TO_RENAME))
                .isInstanceOf(SftpBrokenException.class)
                .hasMessageContaining("no file any more where 300000 were sent");
    }

    @ParameterizedTest
    @EnumSource(names = {"HAS_NO_SPACE", "SAYS_FAILURE_WHEN_FULL"})
    void aFullServerIsForAPersonAndGoneOnWithAfterwards(Lie full) throws IOException {
        try (LyingServer server = new LyingServer(full);
                SftpPartner partner = server.partner()) {
            assertThatThrownBy(() -> partner.put(upload()))
                    .isInstanceOfSatisfying(SftpRefusedException.class, e -> assertThat(e.reason())
                            .isEqualTo(Reason.NO_SPACE))
                    .hasMessageContaining("quota");

            server.stopLying();

            assertThat(partner.put(upload()).outcome()).isEqualTo(Outcome.RESUMED);
        }
    }

    @Test
    void aServerThatCannotReplaceInOneStepKeepsItsFile() throws IOException {
        Files.writeString(inbox.resolve("result"), "version 1");

        assertThatThrownBy(() -> putTo(Lie.OFFERS_NOTHING, true))
                .isInstanceOfSatisfying(
                        SftpRefusedException.class, e -> assertThat(e.reason()).isEqualTo(Reason.NOT_SUPPORTED));
        assertThat(inbox.resolve("result")).hasContent("version 1");
    }

    /** Requests are cut into packets, and wait for its window. */
    @Test
    void aServerThatTakesLittleAtATimeGetsItsFile() throws IOException {
        Delivered delivered = putTo(Lie.TAKES_LITTLE_AT_A_TIME);

        assertThat(delivered.outcome()).isEqualTo(Outcome.SENT);
        assertThat(Files.readAllBytes(inbox.resolve("result"))).isEqualTo(CONTENT.bytes());
    }

    @Test
    void aServerThatOffersNothingStillGetsItsFile() throws IOException {
        Delivered delivered = putTo(Lie.OFFERS_NOTHING);

        assertThat(delivered.proof()).isEqualTo(Proof.READ_BACK);
        assertThat(delivered.isForced()).isFalse();
        assertThat(Files.readAllBytes(inbox.resolve("result"))).isEqualTo(CONTENT.bytes());
    }

    /** Whoever sends them alone tells what is wrong. */
    @ParameterizedTest
    @EnumSource(
            names = {
                "SAYS_ONE_BYTE_MORE",
                "LOSES_A_WRITE",
                "CHANGES_A_BIT",
                "GIVES_FEWER_BYTES_THAN_ASKED",
                "GIVES_NOTHING",
                "REFUSES_TO_RENAME",
                "PRETENDS_TO_RENAME"
            })
    void ofSmallFilesThatAreSentTogetherNoneIsTakenForDelivered(Lie lie) throws IOException {
        try (LyingServer server = new LyingServer(lie);
                SftpPartner partner = server.partner()) {
            assertThat(partner.putTogether(List.of(small(1)))).isEmpty();
            server.stopLying();
            assertThat(partner.putTogether(List.of(small(2)))).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TAKES_LITTLE_AT_A_TIME", "OFFERS_NOTHING"})
    void smallFilesCanBeSentTogetherToAnyServer(Lie lie) throws IOException {
        List<Upload> uploads = List.of(small(1), small(2), small(3));
        try (LyingServer server = new LyingServer(lie);
                SftpPartner partner = server.partner()) {
            Map<Upload, Delivered> delivered = partner.putTogether(uploads);

            assertThat(delivered.keySet()).containsExactlyElementsOf(uploads);
            assertThat(delivered.values())
                    .allSatisfy(each -> assertThat(each.isForced()).isEqualTo(lie != Lie.OFFERS_NOTHING));
            for (Upload each : uploads) {
                assertThat(Files.readAllBytes(Path.of(each.path())))
                        .isEqualTo(each.content().from(0).readAllBytes());
            }
        }
    }

    private Upload small(int number) {
        return Upload.of(inbox + "/small" + number, Bytes.random(number, 100_000), "1")
                .withMode(0640);
    }

    @Test
    void aHostKeyThatChangesMeanwhileIsRefused() throws IOException {
        try (LyingServer server = new LyingServer()) {
            try (SftpPartner partner = server.partner()) {
                partner.put(upload());
            }
            server.changeHostKey();
            try (SftpPartner partner = server.partner()) {
                assertThatThrownBy(() -> partner.stat("/"))
                        .isInstanceOfSatisfying(SftpRefusedException.class, e -> assertThat(e.reason())
                                .isEqualTo(Reason.HOST_KEY))
                        .hasMessageContaining("Somebody may be in between");
            }
        }
    }

    @Test
    void contentThatIsNotWhatItWasSaidToBeGetsNoName() throws IOException {
        assertThatThrownBy(() -> put(new Changed(300_001, Optional.empty())))
                .isInstanceOf(ContentFaultException.class)
                .hasMessageContaining("ends after 300000 bytes instead of 300001");
        assertThatThrownBy(() -> put(new Changed(299_999, Optional.empty())))
                .isInstanceOf(ContentFaultException.class)
                .hasMessageContaining("goes on behind its 299999 bytes");
        assertThatThrownBy(() -> put(new Changed(300_000, Optional.of("00"))))
                .isInstanceOf(ContentFaultException.class)
                .hasMessageContaining(CONTENT.hash() + " instead of 00");
        assertThat(inbox.resolve("result")).doesNotExist();
    }

    private record Changed(long sizeBytes, Optional<String> sha256) implements Content {

        @Override
        public InputStream from(long offset) {
            return new ByteArrayInputStream(CONTENT.bytes(), (int) offset, CONTENT.bytes().length - (int) offset);
        }
    }

    private Delivered put(Content content) throws IOException {
        try (LyingServer server = new LyingServer();
                SftpPartner partner = server.partner()) {
            return partner.put(Upload.of(inbox + "/result", content, "1"));
        }
    }

    private Delivered putTo(Lie... lies) throws IOException {
        try (LyingServer server = new LyingServer(lies);
                SftpPartner partner = server.partner()) {
            return partner.put(upload());
        }
    }

    private Delivered putTo(Lie lie, boolean replaces) throws IOException {
        try (LyingServer server = new LyingServer(lie);
                SftpPartner partner = server.partner()) {
            return partner.put(replaces ? upload().replacing() : upload());
        }
    }

    private Upload upload() {
        return Upload.of(inbox + "/result", CONTENT, "1").withMode(0640);
    }
}
