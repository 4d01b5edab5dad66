package org.waybill.stage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.ledger.FileState;
import org.waybill.ledger.Ledger;
import org.waybill.ledger.Stamp;
import org.waybill.run.Stage;
import org.waybill.run.StageResult.Status;
import org.waybill.torture.Invariants;

/** The whole route, on files that come again: corrected, unchanged, or as they once were. */
class VersionsIT {

    private static final String FIRST = "result: 5.1 mmol/l";
    private static final String SECOND = "result: 5.7 mmol/l";
    private static final String THIRD = "result: 7.5 mmol/l";

    @TempDir
    Path home;

    private Uploads uploads;
    private House house;

    @BeforeEach
    void open() throws IOException {
        uploads = Uploads.in(home, "  rule: renamed\n  unexpected: accept", 128, "accept");
        house = House.in(home);
    }

    @AfterEach
    void close() {
        house.close();
    }

    /** Runs the whole route; each run may begin on another day. */
    private void run(long done) {
        house.runAll("ega").forEach(result -> {
            assertThat(result.message()).isNull();
            assertThat(result.status()).isEqualTo(Status.COMPLETED);
            if (result.stage() != Stage.INTAKE) {
                assertThat(result.counts().done()).isEqualTo(done);
            }
        });
    }

    private String today() {
        return LocalDate.ofInstant(house.bean(InstantSource.class).instant(), ZoneOffset.UTC)
                .toString();
    }

    private List<String> ledger() {
        return house.jdbc().sql("""
                        select f.file_id || ' v' || f.version || ' ' || f.state || coalesce(' of ' || f.duplicate_of, '') || ' '
                                   || (select e.reason from file_event e
                                       where e.file_id = f.file_id and e.to_state = 'ARCHIVED' and e.from_state <> 'ARCHIVED'
                                       order by e.event_id desc limit 1)
                        from data_file f order by f.file_id
                        """).query(String.class).list();
    }

    private String archived(String name) throws IOException {
        return new String(uploads.fromArchive(name), UTF_8);
    }

    private void assertWhole() {
        assertThat(Invariants.violations(home, house.jdbc(), List.of())).isEmpty();
    }

    @Test
    void eachCorrectionIsTheNextVersion() throws IOException {
        String day = today();
        for (String content : List.of(FIRST, SECOND, THIRD)) {
            uploads.plain("ward/a.txt", content.getBytes(UTF_8));
            run(1);
        }
        assertThat(ledger())
                .containsExactly("1 v1 ARCHIVED ARCHIVED", "2 v2 ARCHIVED ARCHIVED", "3 v3 ARCHIVED ARCHIVED");
        assertThat(new Floor(house).published())
                .containsExactly(
                        day + "/ward/a.txt.c4gh",
                        day + "/ward/a.txt.c4gh.md5",
                        day + "/ward/a.txt.c4gh.sha256",
                        day + "/ward/a.txt.v2.c4gh",
                        day + "/ward/a.txt.v2.c4gh.md5",
                        day + "/ward/a.txt.v2.c4gh.sha256",
                        day + "/ward/a.txt.v3.c4gh",
                        day + "/ward/a.txt.v3.c4gh.md5",
                        day + "/ward/a.txt.v3.c4gh.sha256");
        assertThat(archived(day + "/ward/a.txt.c4gh")).isEqualTo(FIRST);
        assertThat(archived(day + "/ward/a.txt.v2.c4gh")).isEqualTo(SECOND);
        assertThat(archived(day + "/ward/a.txt.v3.c4gh")).isEqualTo(THIRD);
        assertThat(house.jdbc()
                        .sql("select count(*) from dataset_publication")
                        .query(Long.class)
                        .single())
                .isEqualTo(3);
        assertWhole();
    }

    @Test
    void versionsOfSeveralDaysAndFormatsAreOfOneFile() throws IOException {
        String day = today();
        uploads.plain("a.txt", FIRST.getBytes(UTF_8));
        run(1);
        house.pass(Duration.ofDays(1));
        uploads.crypt4gh("a.txt.c4gh", SECOND.getBytes(UTF_8));
        run(1);
        assertThat(archived(day + "/a.txt.c4gh")).isEqualTo(FIRST);
        assertThat(archived(today() + "/a.txt.v2.c4gh")).isEqualTo(SECOND);
        assertThat(house.jdbc()
                        .sql("select complete_by from data_file order by file_id")
                        .query(String.class)
                        .list())
                .containsExactly("UNPROVEN", "UNPROVEN");
        assertWhole();
    }

    @Test
    void sameContentAgainIsADuplicateAndNoVersion() throws IOException {
        String day = today();
        uploads.plain("a.txt", FIRST.getBytes(UTF_8));
        run(1);
        uploads.crypt4gh("a.txt.c4gh", FIRST.getBytes(UTF_8));
        run(1);
        assertThat(new Floor(house).published()).as("the name stands already").hasSize(3);
        house.pass(Duration.ofDays(1));
        uploads.plain("a.txt", FIRST.getBytes(UTF_8));
        run(1);
        uploads.plain("a.txt", SECOND.getBytes(UTF_8));
        run(1);
        assertThat(ledger())
                .containsExactly(
                        "1 v1 ARCHIVED ARCHIVED",
                        "2 v1 ARCHIVED of 1 DUPLICATE",
                        "3 v1 ARCHIVED of 1 DUPLICATE",
                        "4 v2 ARCHIVED ARCHIVED");
        assertThat(house.jdbc()
                        .sql("select detail from file_event where reason = 'DUPLICATE' order by event_id")
                        .query(String.class)
                        .list())
                .containsExactly("of file 1, version 1", "of file 1, version 1");
        assertThat(new Floor(house).published())
                .filteredOn(name -> name.endsWith(".c4gh"))
                .containsExactly(day + "/a.txt.c4gh", today() + "/a.txt.c4gh", today() + "/a.txt.v2.c4gh");
        assertThat(archived(today() + "/a.txt.c4gh")).isEqualTo(FIRST);
        assertWhole();
    }

    /** Who has the second version must be told that the first one was right after all. */
    @Test
    void anOlderContentThatComesBackIsAVersion() throws IOException {
        for (String content : List.of(FIRST, SECOND, FIRST, FIRST)) {
            uploads.plain("a.txt", content.getBytes(UTF_8));
            run(1);
        }
        assertThat(ledger())
                .containsExactly(
                        "1 v1 ARCHIVED ARCHIVED",
                        "2 v2 ARCHIVED ARCHIVED",
                        "3 v3 ARCHIVED ARCHIVED",
                        "4 v3 ARCHIVED of 3 DUPLICATE");
        assertWhole();
    }

    @Test
    void aDuplicateThatIsSetBackToBeSentAgainCountsAsTheNewestVersion() throws IOException {
        for (String content : List.of(FIRST, FIRST, SECOND)) {
            uploads.plain("a.txt", content.getBytes(UTF_8));
            run(1);
        }
        Stamp person = new Stamp(Instant.EPOCH, null, "me");
        assertThat(house.bean(Ledger.class).set(2, FileState.ARCHIVED, FileState.EXPECTED, "again", person))
                .isTrue();
        uploads.plain("a.txt", THIRD.getBytes(UTF_8));
        run(1);
        assertThat(ledger())
                .containsExactly("1 v1 ARCHIVED ARCHIVED", "2 v3 ARCHIVED ARCHIVED", "3 v2 ARCHIVED ARCHIVED");
        assertThat(archived(today() + "/a.txt.v3.c4gh")).isEqualTo(THIRD);
        assertWhole();
    }

    /** What has stood under a version of its own keeps it, whatever is sent in its place. */
    @Test
    void aVersionThatIsSetBackIsNoDuplicateOfTheOneBefore() throws IOException {
        for (String content : List.of(FIRST, SECOND)) {
            uploads.plain("a.txt", content.getBytes(UTF_8));
            run(1);
        }
        Stamp person = new Stamp(Instant.EPOCH, null, "me");
        assertThat(house.bean(Ledger.class).set(2, FileState.ARCHIVED, FileState.EXPECTED, "again", person))
                .isTrue();
        uploads.plain("a.txt", FIRST.getBytes(UTF_8));
        house.runAll("ega");
        assertThat(house.jdbc()
                        .sql("select reason || ' v' || version from data_file where file_id = 2")
                        .query(String.class)
                        .single())
                .isEqualTo("ARCHIVE_NAME_TAKEN v2");
        assertThat(archived(today() + "/a.txt.v2.c4gh")).isEqualTo(SECOND);
    }

    @Test
    void filesThatManifestsDeclareCountOnAsWell() throws IOException {
        uploads.manifest("D1.md5", Uploads.md5(FIRST.getBytes(UTF_8)) + "  a.txt\n");
        uploads.plain("a.txt", FIRST.getBytes(UTF_8));
        run(1);
        uploads.manifest("D2.md5", Uploads.md5(SECOND.getBytes(UTF_8)) + "  a.txt\n");
        uploads.plain("a.txt", SECOND.getBytes(UTF_8));
        run(1);
        uploads.plain("a.txt", THIRD.getBytes(UTF_8));
        run(1);
        assertThat(new Floor(house).published())
                .filteredOn(name -> name.endsWith(".c4gh"))
                .containsExactly(today() + "/a.txt.v3.c4gh", "D1/a.txt.c4gh", "D2/a.txt.v2.c4gh");
        assertThat(house.jdbc()
                        .sql("select complete_by from data_file order by file_id")
                        .query(String.class)
                        .list())
                .containsExactly("DIGEST", "DIGEST", "UNPROVEN");
        assertWhole();
    }

    @Test
    void oneRunTakesManyFilesAndTheNextTheirCorrections() throws IOException {
        int files = 200;
        for (int version = 1; version <= 2; version++) {
            for (int i = 0; i < files; i++) {
                uploads.plain("ward" + i % 7 + "/" + i + ".txt", (version + " of " + i).getBytes(UTF_8));
            }
            run(files);
        }
        assertThat(house.jdbc()
                        .sql(
                                "select version || ' ' || state || ' ' || count(*) from data_file group by version, state order by 1")
                        .query(String.class)
                        .list())
                .containsExactly("1 ARCHIVED " + files, "2 ARCHIVED " + files);
        assertWhole();
    }
}
