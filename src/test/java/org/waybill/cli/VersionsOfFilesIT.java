package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.FirstStart;
import org.waybill.ledger.postgres.Database;
import org.waybill.stage.Uploads;
import tools.jackson.databind.JsonNode;

/** What an operator sees of files that nothing declares and that come again. */
class VersionsOfFilesIT {

    @TempDir
    private Path home;

    private Database server;

    private Uploads uploads;

    @BeforeEach
    void makeHome() throws IOException {
        uploads = Uploads.in(home, "  rule: renamed\n  unexpected: accept\n  dataset: folder", 128, "accept");
        FirstStart.in(home);
        server = FirstStart.keepUp(home);
    }

    private Called waybill(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "--home";
        all[1] = home.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        return Called.with((Object[]) all);
    }

    private void upload(String name, String content) throws IOException {
        uploads.plain(name, content.getBytes(StandardCharsets.UTF_8));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    @Test
    void newestVersionIsShownAndNamesTheOthers() throws IOException {
        for (String content : new String[] {"first", "second", "second"}) {
            upload("ward/a.txt", content);
            Called run = waybill("run", "ega");
            assertThat(run.code()).as(run.err()).isEqualTo(ExitCode.DONE);
        }
        JsonNode list = waybill("files", "list", "--json").json();
        assertThat(list.valueStream().map(file -> file.get("version").asInt())).containsExactly(1, 2, 2);

        assertThat(waybill("files", "show", "a.txt").out().lines().map(String::strip))
                .anyMatch(line -> line.matches("version +2"))
                .anyMatch(line -> line.matches("other +1: file 1, ARCHIVED"))
                .anyMatch(line -> line.matches("other +2: file 3, ARCHIVED, come again: a duplicate of file 2"))
                .anyMatch(line -> line.matches("dataset ward +no manifest: taken as it came"));
        JsonNode shown = waybill("files", "show", "ward/a.txt", "--json").json();
        assertThat(shown.get("id").asLong()).isEqualTo(2);
        assertThat(shown.at("/datasets/0/line").isNull()).isTrue();
        assertThat(shown.at("/datasets/0/archivedAs").asString()).isEqualTo("ward/ward/a.txt.v2.c4gh");
        assertThat(shown.at("/otherVersions/1/duplicateOf").asLong()).isEqualTo(2);
        assertThat(waybill("files", "show", "3", "--json")
                        .json()
                        .get("duplicateOf")
                        .asLong())
                .isEqualTo(2);
        assertThat(waybill("files", "show", "ward/ward/a.txt.c4gh").out()).startsWith("file 1 ");

        Called setBack = waybill("files", "set-state", "a.txt", "EXPECTED", "--reason", "which one?");
        assertThat(setBack.code()).isEqualTo(ExitCode.FAILED);
        assertThat(setBack.err()).contains("fits more than one file: [1, 2, 3]");
    }

    @Test
    void correctedFileTakesThePlaceOfOneInQuarantine() throws IOException {
        uploads.plain("ward/a.txt.c4gh", "no envelope".getBytes(StandardCharsets.UTF_8));
        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.QUARANTINED);
        upload("ward/a.txt", "as it should be");
        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.DONE);
        JsonNode unexpected =
                waybill("files", "list", "--state", "unexpected", "--json").json();
        assertThat(unexpected).hasSize(1);
        assertThat(unexpected.at("/0/version").isNull()).isTrue();
        assertThat(unexpected.at("/0/reason").asString())
                .contains("is QUARANTINED, and this one waits", "waybill files set-state 1 EXPECTED");

        assertThat(waybill("files", "set-state", "1", "EXPECTED", "--reason", "corrected")
                        .code())
                .isEqualTo(ExitCode.DONE);
        assertThat(waybill("run", "ega").code()).isEqualTo(ExitCode.DONE);
        assertThat(waybill("files", "list", "--json").json()).hasSize(1);
        assertThat(new String(uploads.fromArchive("ward/ward/a.txt.c4gh"), StandardCharsets.UTF_8))
                .isEqualTo("as it should be");
    }

    @Test
    void routeThatWouldExpectNothingIsRefused() throws IOException {
        uploads.route(text -> text.replace("intake:\n  manifests: manifests\n", ""));
        assertThat(waybill("check").code()).isEqualTo(ExitCode.DONE);
        uploads.route(text -> text.replace("unexpected: accept\n  dataset: folder", "unexpected: wait"));
        Called refused = waybill("check");
        assertThat(refused.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(refused.out() + refused.err())
                .contains("intake.manifests: is missing, so no file would ever be expected");
    }
}
