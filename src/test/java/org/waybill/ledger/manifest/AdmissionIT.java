package org.waybill.ledger.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.House;
import org.waybill.format.manifest.EntryName;
import org.waybill.format.manifest.RowFault;
import org.waybill.ledger.Stamp;

/** The faults that only show between rows, each told by its code; the other rows are taken all the same. */
class AdmissionIT {

    private static final Stamp STAMP = new Stamp(Instant.parse("2024-05-01T02:03:04Z"), null, "intake");
    private static final String MD5 = "PLAIN:MD5:" + "a".repeat(32);
    private static final String OTHER_MD5 = "PLAIN:MD5:" + "b".repeat(32);

    @TempDir
    private static Path home;

    private static House house;

    @BeforeAll
    static void open() {
        house = House.in(home);
    }

    @AfterAll
    static void close() {
        house.close();
    }

    private record Line(String path, String checksum) {}

    private record Rejected(long line, String fault) {}

    @Test
    void tellsEachFaultByACodeOfTheManifestFormats() {
        admit("first", new Line("known", MD5));
        long manifest = admit(
                "second",
                new Line("good", MD5),
                new Line("contradiction", MD5),
                new Line("contradiction", OTHER_MD5),
                new Line("Case", MD5),
                new Line("case", MD5),
                new Line("\u00e5", MD5),
                new Line("a\u030a", MD5),
                new Line("twice", MD5),
                new Line("twice", MD5),
                new Line("known", OTHER_MD5));

        List<Rejected> rejected = rejected(manifest);
        assertThat(rejected)
                .extracting(Rejected::line, Rejected::fault)
                .containsExactly(
                        tuple(2L, "CONFLICTING_DECLARATION"),
                        tuple(3L, "CONFLICTING_DECLARATION"),
                        tuple(4L, "CASE_TWIN"),
                        tuple(5L, "CASE_TWIN"),
                        tuple(6L, "UNICODE_TWIN"),
                        tuple(7L, "UNICODE_TWIN"),
                        tuple(9L, "DUPLICATE_NAME"),
                        tuple(10L, "CONFLICTING_DECLARATION"));
        assertThat(Arrays.stream(RowFault.values()).map(RowFault::name))
                .containsAll(rejected.stream().map(Rejected::fault).toList());
        assertThat(filesOf("second")).containsExactly("good", "twice");
    }

    /** As EGA's submitters list them: the encrypted file and its content, a line each. */
    @Test
    void rowsThatCompleteEachOtherAreOneFile() {
        String encrypted = "ENCRYPTED:MD5:" + "c".repeat(32);
        String sha256 = "PLAIN:SHA256:" + "d".repeat(64);
        long manifest = admit(
                "sides",
                new Line("x", encrypted),
                new Line("x", MD5),
                new Line("x", MD5),
                new Line("x", sha256),
                new Line("y", encrypted),
                new Line("y", "ENCRYPTED:MD5:" + "e".repeat(32)),
                new Line("y", MD5));
        assertThat(rejected(manifest))
                .extracting(Rejected::line, Rejected::fault)
                .containsExactly(
                        tuple(3L, "DUPLICATE_NAME"),
                        tuple(5L, "CONFLICTING_DECLARATION"),
                        tuple(6L, "CONFLICTING_DECLARATION"),
                        tuple(7L, "CONFLICTING_DECLARATION"));
        assertThat(filesOf("sides")).containsExactly("x");
        assertThat(house.jdbc()
                        .sql("""
                                select c.side || ':' || c.algorithm || ':' || c.value
                                from declared_checksum c
                                where c.manifest_id = :manifest
                                order by 1
                                """)
                        .param("manifest", manifest)
                        .query(String.class)
                        .list())
                .containsExactly(encrypted, MD5, sha256);
        assertThat(house.jdbc()
                        .sql(
                                "select rows || ' = ' || accepted || ' + ' || rejected from manifest where manifest_id = :id")
                        .param("id", manifest)
                        .query(String.class)
                        .single())
                .isEqualTo("7 = 3 + 4");
    }

    @Test
    void takesAFileThatTwoDatasetsWantForOne() {
        admit("one", new Line("shared", MD5));
        assertThat(rejected(admit("other", new Line("shared", MD5), new Line("own", MD5))))
                .isEmpty();
        assertThat(filesOf("one")).containsExactly("shared");
        assertThat(filesOf("other")).containsExactly("own", "shared");
        assertThat(house.jdbc()
                        .sql("select count(*) from data_file where path = 'shared'")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void takesNothingOfADatasetThatWasDeclaredBefore() {
        admit("again", new Line("before", MD5));
        long manifest = admit("again", new Line("before", MD5), new Line("after", MD5));
        assertThat(filesOf("again")).containsExactly("before");
        assertThat(house.jdbc()
                        .sql("select outcome from manifest where manifest_id = :manifest")
                        .param("manifest", manifest)
                        .query(String.class)
                        .single())
                .isEqualTo("CONFLICT");
    }

    private static long admit(String dataset, Line... lines) {
        long manifest = house.jdbc()
                .sql("""
                        insert into manifest (route, name, sha256, outcome, rows, run_id, seen_at)
                        values ('ega', :dataset, encode(sha256(random()::text::bytea), 'hex'), 'READING', :rows, 1, now())
                        returning manifest_id
                        """)
                .param("dataset", dataset)
                .param("rows", lines.length)
                .query(Long.class)
                .single();
        List<Manifests.Row> rows = new ArrayList<>();
        for (Line line : lines) {
            String twinKey = new EntryName(line.path()).twinKey();
            rows.add(new Manifests.Row(
                    manifest, rows.size() + 1, dataset, line.path(), twinKey, null, null, List.of(line.checksum())));
        }
        house.bean(Manifests.class).add(rows);
        house.bean(Admission.class).admit("ega", manifest, STAMP);
        return manifest;
    }

    private static List<Rejected> rejected(long manifest) {
        return house.jdbc()
                .sql("select line, fault from manifest_reject where manifest_id = :manifest order by line")
                .param("manifest", manifest)
                .query(Rejected.class)
                .list();
    }

    private static List<String> filesOf(String dataset) {
        return house.jdbc()
                .sql("""
                        select f.path
                        from dataset d
                                 join dataset_file df on df.dataset_id = d.dataset_id
                                 join data_file f on f.file_id = df.file_id
                        where d.name = :dataset
                        order by f.path
                        """)
                .param("dataset", dataset)
                .query(String.class)
                .list();
    }
}
