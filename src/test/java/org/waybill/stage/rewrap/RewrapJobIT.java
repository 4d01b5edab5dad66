package org.waybill.stage.rewrap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.House;
import org.waybill.format.WrongKeyException;
import org.waybill.format.checksum.SidecarLine;
import org.waybill.format.crypt4gh.Crypt4ghHeader;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.format.crypt4gh.keyfile.KeyFileWriter;
import org.waybill.ledger.Readers;
import org.waybill.ledger.Selection;
import org.waybill.ledger.rewrap.Rewraps;
import org.waybill.ledger.rewrap.Rewraps.HowFar;
import org.waybill.route.RouteFiles;
import org.waybill.run.Plan;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.StageResult.Status;
import org.waybill.run.ownership.AnotherRunAliveException;
import org.waybill.run.ownership.Owners;
import org.waybill.run.ownership.Ownership;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;
import org.waybill.storage.FileFacts;

/** Key rotation: other headers, the same bodies; and whatever is interrupted ends as if it had not been. */
class RewrapJobIT {

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-02-29T12:34:56.789123Z"));
    private static final String OLD = "keys/archive.sec";
    private static final String NEW = "keys/new.sec";
    private static final String PARTNER = "keys/partner.sec";

    @TempDir
    Path home;

    private Uploads uploads;
    private House house;
    private Floor floor;
    private final Map<String, byte[]> plain = new LinkedHashMap<>();

    @BeforeEach
    void open() throws IOException {
        uploads = Uploads.in(home);
        house = House.in(home);
        floor = new Floor(house);
        newKey("new");
        newKey("partner");
    }

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void givesFilesOfAllSizesToTheNewKeyAndToNoOther() throws IOException {
        archived("D1", 0, 1, 65_536, 65_537, 1_300_000);
        archived("D2", 40);
        Map<String, Seen> before = all();
        rotateTo("new");

        assertDone(rewrap(OLD), 6);

        for (Map.Entry<String, Seen> old : before.entrySet()) {
            Seen now = seen(old.getKey());
            assertRewrapped(old.getKey(), old.getValue(), now, NEW);
            assertThat(now.facts().inode()).isEqualTo(old.getValue().facts().inode());
            assertThat(now.bytes()).hasSameSizeAs(old.getValue().bytes());
        }
        assertThat(howFar(OLD)).isEqualTo(new HowFar(6, 6, 0));
        assertThat(eventsOf("f0")).endsWith("ARCHIVED ARCHIVED REWRAPPED for " + publicKey(NEW));
        assertNothingIsLeft();
    }

    @Test
    void doesNothingTheSecondTime() throws IOException {
        archived("D1", 10, 20);
        rotateTo("new");
        assertDone(rewrap(OLD), 2);
        Map<String, Seen> before = all();

        assertDone(rewrap(OLD), 0);

        assertThat(all()).isEqualTo(before);
        assertThat(eventsOf("f0").stream().filter(event -> event.contains("REWRAPPED")))
                .hasSize(1);
    }

    @Test
    void fileOfTwoDatasetsIsChangedOnceUnderBothNames() throws IOException {
        declare("D1", 100);
        uploads.manifest("D2.tsv", Files.readString(home.resolve("manifests/D1.tsv")));
        runTheWay();
        assertThat(Files.isSameFile(name("D1/f0"), name("D2/f0"))).isTrue();
        Seen before = aged("D2/f0");
        rotateTo("new");

        assertDone(rewrap(OLD), 1);

        assertRewrapped("D1/f0", before, seen("D1/f0"), NEW);
        assertRewrapped("D2/f0", before, seen("D2/f0"), NEW);
        assertThat(Files.isSameFile(name("D1/f0"), name("D2/f0"))).isTrue();
    }

    /** A duplicate has its own row in the ledger, and shares the inode of the file whose content it has. */
    @Test
    void filesThatShareTheirBytesAreRecordedTogether() throws IOException {
        archived("D1", 100);
        byte[] content = content("D1/f0");
        uploads.manifest("D2.tsv", "file\tplain md5\nb\t" + Uploads.md5(content) + "\n");
        uploads.crypt4gh("b.c4gh", content);
        plain.put("D2/b", content);
        List.of(Stage.INTAKE, Stage.TRANSFER, Stage.PROCESSING).forEach(this::run);
        Files.createDirectories(name("D2/b").getParent());
        Files.createLink(name("D2/b"), name("D1/f0"));
        run(Stage.ARCHIVE);
        Seen before = aged("D1/f0");
        rotateTo("new");

        StageResult result = house.run("ega", Stage.REWRAP, new Selection("D2", List.of()), key(OLD));

        assertDone(result, 2);
        assertRewrapped("D1/f0", before, seen("D1/f0"), NEW);
        assertRewrapped("D2/b", before, seen("D2/b"), NEW);
        assertThat(howFar(OLD)).isEqualTo(new HowFar(2, 2, 0));
    }

    @Test
    void anotherNumberOfRecipientsMakesANewFile() throws IOException {
        declare("D1", 0, 70_000);
        uploads.manifest("D2.tsv", Files.readString(home.resolve("manifests/D1.tsv")));
        runTheWay();
        Map<String, Seen> before = all();
        rotateTo("new", "partner");

        assertDone(rewrap(OLD), 2);

        for (String name : before.keySet()) {
            assertRewrapped(name, of(before, name), seen(name), NEW);
            assertThat(uploads.fromArchive(name + ".c4gh", PARTNER)).isEqualTo(content(name));
            assertThat(seen(name).facts().inode())
                    .isNotEqualTo(of(before, name).facts().inode());
        }
        assertThat(Files.isSameFile(name("D1/f1"), name("D2/f1"))).isTrue();
        assertNothingIsLeft();

        rotateTo("partner");
        assertDone(rewrap(NEW), 2);
        for (String name : before.keySet()) {
            assertRewrapped(name, of(before, name), seen(name), PARTNER);
        }
        assertNothingIsLeft();
    }

    /** A link that we did not make, such as a backup's, keeps its bytes. */
    @Test
    void foreignLinkKeepsTheOldBytes() throws IOException {
        archived("D1", 500);
        Seen before = aged("D1/f0");
        Path backup = Files.createLink(home.resolve("backup"), name("D1/f0"));
        rotateTo("new");

        assertDone(rewrap(OLD), 1);

        assertRewrapped("D1/f0", before, seen("D1/f0"), NEW);
        assertThat(Files.readAllBytes(backup)).isEqualTo(before.bytes());
        assertNothingIsLeft();
    }

    @Test
    void fileThatSomebodyChangedIsLeftAloneAndTold() throws IOException {
        archived("D1", 100_000, 20, 30, 40, 50);
        byte[] damaged = Files.readAllBytes(name("D1/f0"));
        damaged[90_000] ^= 1;
        overwrite(name("D1/f0"), damaged);
        byte[] otherHeader = Files.readAllBytes(name("D1/f1"));
        otherHeader[30] ^= 1;
        overwrite(name("D1/f1"), otherHeader);
        Files.delete(name("D1/f2"));
        Files.writeString(Files.createFile(home.resolve("x")), "other");
        Files.move(home.resolve("x"), sidecar("D1/f3", "md5"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        rotateTo("new");

        StageResult result = rewrap(OLD);

        assertThat(result.status()).as(result.message()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().done()).isEqualTo(1);
        assertThat(result.counts().skipped()).isEqualTo(4);
        assertThat(Files.readAllBytes(name("D1/f0"))).isEqualTo(damaged);
        assertThat(Files.readAllBytes(name("D1/f1"))).isEqualTo(otherHeader);
        assertThat(uploads.fromArchive("D1/f3.c4gh")).isEqualTo(content("D1/f3"));
        assertThat(uploads.fromArchive("D1/f4.c4gh", NEW)).isEqualTo(content("D1/f4"));
        assertThat(house.bean(Rewraps.class).leftAlone(Objects.requireNonNull(result.runId()), 10))
                .extracting(Rewraps.LeftAlone::path)
                .containsExactlyInAnyOrder("f0", "f1", "f2", "f3");
        assertThat(floor.fates().values()).containsOnly("ARCHIVED");
        assertThat(howFar(OLD).percent()).isEqualTo(20);
        assertThat(count("header_change")).isZero();
    }

    /** How far a run came before it died. */
    enum Died {
        /** It had kept its change, and touched nothing. */
        AFTER_THE_INTENT,
        IN_THE_HEADER,
        /** The check-sum files are still the old ones. */
        AFTER_THE_HEADER,
        BETWEEN_THE_SIDECARS,
        /** Only the record is missing. */
        AFTER_THE_SIDECARS
    }

    @ParameterizedTest
    @EnumSource
    void endsAsUndisturbedWhereverARunDied(Died died) throws IOException {
        archived("D1", 0, 3, 70_000);
        Map<String, Seen> before = all();
        Map<Path, byte[]> oldSidecars = sidecars();
        rotateTo("new");
        dieBeforeTheRecord();
        assertThat(count("header_change")).isEqualTo(3);
        for (String name : before.keySet()) {
            byte[] old = of(before, name).bytes();
            byte[] changed = Files.readAllBytes(name(name));
            int header = headerBytes(changed);
            switch (died) {
                case AFTER_THE_INTENT -> overwrite(name(name), old);
                case IN_THE_HEADER -> {
                    System.arraycopy(old, header / 2, changed, header / 2, header - header / 2);
                    overwrite(name(name), changed);
                }
                default -> {}
            }
            if (died != Died.AFTER_THE_SIDECARS) {
                replace(sidecar(name, "sha256"), oldSidecars);
                if (died != Died.BETWEEN_THE_SIDECARS) {
                    replace(sidecar(name, "md5"), oldSidecars);
                }
            }
            if (died == Died.AFTER_THE_INTENT) {
                Files.setLastModifiedTime(name(name), LONG_AGO);
            }
        }

        assertDone(rewrap(OLD), 3);

        for (String name : before.keySet()) {
            assertRewrapped(name, of(before, name), seen(name), NEW);
            assertThat(seen(name).facts().inode())
                    .isEqualTo(of(before, name).facts().inode());
        }
        assertThat(count("header_change")).isZero();
        assertNothingIsLeft();
        assertDone(rewrap(OLD), 0);
    }

    /** @param named how many of the two names stand for the new file already */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void endsAsUndisturbedWhereverARunThatMadeANewFileDied(int named) throws IOException {
        declare("D1", 70_000);
        uploads.manifest("D2.tsv", Files.readString(home.resolve("manifests/D1.tsv")));
        runTheWay();
        Map<String, Seen> before = all();
        rotateTo("new", "partner");
        dieBeforeTheRecord();
        Path work = floor.archive().resolve(".waybill/publishing");
        String sha256 = Uploads.sha256(of(before, "D1/f0").bytes());
        Path old = work.resolve(sha256 + ".before");
        assertThat(Files.readAllBytes(old)).isEqualTo(of(before, "D1/f0").bytes());
        List<String> names = List.copyOf(before.keySet());
        for (String name : names.subList(named, names.size())) {
            Files.delete(name(name));
            Files.createLink(name(name), old);
        }
        if (named == 0) {
            Files.delete(old);
            Files.delete(work.resolve(sha256 + ".after"));
            Files.writeString(work.resolve(".waybill-0123456789abcdef01234567.unpublished"), "half");
        }

        assertDone(rewrap(OLD), 1);

        for (String name : names) {
            assertRewrapped(name, of(before, name), seen(name), PARTNER);
        }
        assertThat(Files.isSameFile(name("D1/f0"), name("D2/f0"))).isTrue();
        assertNothingIsLeft();
    }

    /** Whoever replaces a begun file meanwhile is not overwritten, and the change stays kept. */
    @Test
    void begunChangeOfAFileThatSomebodyReplacedIsLeftAlone() throws IOException {
        archived("D1", 300);
        rotateTo("new");
        dieBeforeTheRecord();
        byte[] changed = Files.readAllBytes(name("D1/f0"));
        changed[changed.length - 1] ^= 1;
        overwrite(name("D1/f0"), changed);

        StageResult result = rewrap(OLD);

        assertThat(result.counts().skipped()).isEqualTo(1);
        assertThat(Files.readAllBytes(name("D1/f0"))).isEqualTo(changed);
    }

    /** The kept change needs no key: whichever is named, what was begun is completed. */
    @Test
    void begunChangeIsCompletedWithoutItsKey() throws IOException {
        archived("D1", 300);
        Seen before = aged("D1/f0");
        rotateTo("new");
        dieBeforeTheRecord();

        assertDone(rewrap(PARTNER), 1);

        assertRewrapped("D1/f0", before, seen("D1/f0"), NEW);
    }

    @Test
    void oldFilesOfUnknownReadersAreOpenedAndRemembered() throws IOException {
        archived("D1", 300, 400);
        house.jdbc().sql("update data_file set archived_for = null").update();
        Map<String, Seen> before = all();
        rotateTo("new");
        assertThat(howFar(PARTNER)).isEqualTo(new HowFar(2, 0, 0));

        assertDone(rewrap(PARTNER), 2);

        assertThat(all()).isEqualTo(before);
        assertThat(howFar(PARTNER)).isEqualTo(new HowFar(2, 2, 0));
        assertDone(rewrap(PARTNER), 0);

        assertDone(rewrap(OLD), 2);
        assertRewrapped("D1/f0", of(before, "D1/f0"), seen("D1/f0"), NEW);
    }

    @Test
    void filesOfOtherKeysAreNotLookedAt() throws IOException {
        archived("D1", 300);
        rotateTo("new");
        assertDone(rewrap(PARTNER), 0);
        assertThat(howFar(PARTNER)).isEqualTo(new HowFar(1, 1, 0));
        assertThat(howFar(OLD)).isEqualTo(new HowFar(1, 0, 0));
    }

    @Test
    void fileThatWaitsForTheArchiveKeepsTheOldKeyNeeded() throws IOException {
        declare("D1", 300);
        List.of(Stage.INTAKE, Stage.TRANSFER, Stage.PROCESSING).forEach(this::run);
        rotateTo("new");
        assertDone(rewrap(OLD), 0);
        assertThat(howFar(OLD)).isEqualTo(new HowFar(1, 0, 1));
        run(Stage.ARCHIVE);
        assertDone(rewrap(OLD), 1);
        assertThat(howFar(OLD)).isEqualTo(new HowFar(1, 1, 0));
    }

    @Test
    void planChangesNothing() throws IOException {
        archived("D1", 300, 20);
        Map<String, Seen> before = all();
        rotateTo("new");
        long events = count("file_event");

        Plan plan = house.bean(Runner.class)
                .plan(new RouteFiles(home).named("ega"), Stage.REWRAP, new Selection(null, List.of("f1")));

        assertThat(plan.actions()).hasSize(1);
        assertThat(plan.bytes()).isEqualTo(of(before, "D1/f1").bytes().length);
        assertThat(all()).isEqualTo(before);
        assertThat(count("file_event")).isEqualTo(events);
        assertThat(count("header_change")).isZero();
    }

    @Test
    void archiveAndRewrapKeepEachOtherOut() throws Exception {
        archived("D1", 300);
        rotateTo("new");
        try (Ownership archive = house.bean(Owners.class).take("ega", "archive")) {
            assertThatThrownBy(() -> rewrap(OLD))
                    .isInstanceOf(AnotherRunAliveException.class)
                    .hasMessageContaining("ega.archive");
        }
        assertThat(uploads.fromArchive("D1/f0.c4gh")).isEqualTo(content("D1/f0"));
        assertDone(rewrap(OLD), 1);
    }

    @Test
    void keyIsDestroyedWithTheRun() throws IOException {
        archived("D1", 300);
        rotateTo("new");
        Crypt4ghSecretKey key = key(OLD);
        assertDone(house.run("ega", Stage.REWRAP, Selection.ALL, key), 1);
        assertThat(key.isDestroyed()).isTrue();
    }

    /** Everything happens, but its record; then the process is as good as dead. */
    private void dieBeforeTheRecord() throws IOException {
        house.jdbc().sql("""
                        create function refuse_record() returns trigger language plpgsql as $$
                        begin
                            raise exception 'the machine died';
                        end $$
                        """).update();
        house.jdbc()
                .sql("create trigger dies before update on data_file execute function refuse_record()")
                .update();
        assertThat(rewrap(OLD).status()).isEqualTo(Status.FAILED);
        house.jdbc().sql("drop trigger dies on data_file").update();
        assertThat(howFar(OLD).done()).isZero();
    }

    private void newKey(String name) throws IOException {
        try (Crypt4ghSecretKey key = Crypt4ghSecretKey.generate()) {
            KeyFileWriter.writeSecret(key, home.resolve("keys/" + name + ".sec"), null);
            KeyFileWriter.writePublic(key.publicKey(), home.resolve("keys/" + name + ".pub"));
        }
    }

    private void rotateTo(String... names) throws IOException {
        String keys = Arrays.stream(names)
                .map(name -> "keys/" + name + ".pub")
                .collect(java.util.stream.Collectors.joining(", "));
        uploads.route(route -> route.replaceFirst("recipients: \\[.*]", "recipients: [" + keys + "]"));
    }

    private StageResult rewrap(String keyFile) throws IOException {
        return house.run("ega", Stage.REWRAP, Selection.ALL, key(keyFile));
    }

    private Crypt4ghSecretKey key(String file) throws IOException {
        return KeyFileReader.readSecret(home.resolve(file), null);
    }

    private String publicKey(String file) throws IOException {
        try (Crypt4ghSecretKey key = key(file)) {
            return key.publicKey().toString();
        }
    }

    private HowFar howFar(String oldKey) throws IOException {
        List<org.waybill.format.crypt4gh.Crypt4ghPublicKey> recipients =
                RewrapStage.recipients(new RouteFiles(home).named("ega"));
        return house.bean(Rewraps.class).howFar("ega", Readers.of(recipients), publicKey(oldKey));
    }

    /** A dataset of files f0, f1 … of these sizes. */
    private void declare(String dataset, int... sizes) throws IOException {
        StringBuilder rows = new StringBuilder("file\tplain md5\n");
        for (int i = 0; i < sizes.length; i++) {
            byte[] content = new byte[sizes[i]];
            new Random(i).nextBytes(content);
            String file = dataset.equals("D1") ? "f" + i : dataset + "-f" + i;
            plain.put(dataset + "/" + file, content);
            uploads.crypt4gh(file + ".c4gh", content);
            rows.append(file).append('\t').append(Uploads.md5(content)).append('\n');
        }
        uploads.manifest(dataset + ".tsv", rows.toString());
    }

    private byte[] content(String name) {
        return of(plain, plain.containsKey(name) ? name : name.replace("D2/", "D1/"));
    }

    private static <T> T of(Map<String, T> map, String name) {
        return Objects.requireNonNull(map.get(name), name);
    }

    private void archived(String dataset, int... sizes) throws IOException {
        declare(dataset, sizes);
        runTheWay();
    }

    private void runTheWay() {
        Stage.way().forEach(this::run);
    }

    private void run(Stage stage) {
        StageResult result = house.run("ega", stage);
        assertThat(result.status()).as(result.message()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().quarantined()).isZero();
    }

    private Path name(String name) {
        return floor.archive().resolve(name + ".c4gh");
    }

    private Path sidecar(String name, String algorithm) {
        return floor.archive().resolve(name + ".c4gh." + algorithm);
    }

    /** A file as it is. */
    private record Seen(FileFacts facts, String bytesHex) {

        byte[] bytes() {
            return java.util.HexFormat.of().parseHex(bytesHex);
        }
    }

    private Seen seen(String name) throws IOException {
        return new Seen(FileFacts.of(name(name)), java.util.HexFormat.of().formatHex(Files.readAllBytes(name(name))));
    }

    private Seen aged(String name) throws IOException {
        Files.setLastModifiedTime(name(name), LONG_AGO);
        return seen(name);
    }

    /** All archived files, made old. */
    private Map<String, Seen> all() throws IOException {
        Map<String, Seen> all = new LinkedHashMap<>();
        List<String> names = floor.published().stream()
                .filter(name -> name.endsWith(".c4gh"))
                .map(name -> name.substring(0, name.length() - ".c4gh".length()))
                .toList();
        for (String name : names) {
            if (!FileTime.from(FileFacts.of(name(name)).modifiedNs(), java.util.concurrent.TimeUnit.NANOSECONDS)
                    .equals(LONG_AGO)) {
                Files.setLastModifiedTime(name(name), LONG_AGO);
            }
        }
        for (String name : names) {
            all.put(name, seen(name));
        }
        return all;
    }

    private Map<Path, byte[]> sidecars() throws IOException {
        Map<Path, byte[]> all = new LinkedHashMap<>();
        for (String name : floor.published()) {
            if (!name.endsWith(".c4gh")) {
                all.put(
                        floor.archive().resolve(name),
                        Files.readAllBytes(floor.archive().resolve(name)));
            }
        }
        return all;
    }

    private static void replace(Path file, Map<Path, byte[]> contents) throws IOException {
        Files.delete(file);
        Files.write(file, Objects.requireNonNull(contents.get(file)));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    }

    /** Writes into the same inode, as a disk or a vandal would. */
    private static void overwrite(Path file, byte[] bytes) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
        Files.write(file, bytes);
    }

    private static int headerBytes(byte[] file) throws IOException {
        return (int) Crypt4ghHeader.read(new java.io.ByteArrayInputStream(file)).lengthBytes();
    }

    private void assertRewrapped(String name, Seen before, Seen now, String newKey) throws IOException {
        assertThat(body(now.bytes())).as(name).isEqualTo(body(before.bytes()));
        assertThat(now.bytes()).as(name).isNotEqualTo(before.bytes());
        assertThat(uploads.fromArchive(name + ".c4gh", newKey)).isEqualTo(content(name));
        assertThatThrownBy(() -> uploads.fromArchive(name + ".c4gh", OLD)).isInstanceOf(WrongKeyException.class);
        assertThat(Files.getLastModifiedTime(name(name))).isEqualTo(LONG_AGO);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(name(name))))
                .isEqualTo("r--r-----");
        for (String algorithm : List.of("md5", "sha256")) {
            SidecarLine line = SidecarLine.parse(Files.readString(sidecar(name, algorithm), StandardCharsets.UTF_8));
            assertThat(line.name()).isEqualTo(name(name).getFileName().toString());
            assertThat(line.checksum().hex())
                    .isEqualTo(Uploads.hex(line.checksum().algorithm(), now.bytes()));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(sidecar(name, algorithm))))
                    .isEqualTo("r--r-----");
        }
        assertThat(house.jdbc()
                        .sql("""
                                select f.archived_sha256 || ' ' || f.archived_md5 || ' ' || f.archived_size
                                from data_file f join dataset_file df on df.file_id = f.file_id
                                where df.archived_as = :name
                                """)
                        .param("name", name + ".c4gh")
                        .query(String.class)
                        .single())
                .isEqualTo(Uploads.sha256(now.bytes()) + " " + Uploads.md5(now.bytes()) + " " + now.bytes().length);
    }

    private static byte[] body(byte[] file) throws IOException {
        return Arrays.copyOfRange(file, headerBytes(file), file.length);
    }

    private List<String> eventsOf(String path) {
        return house.jdbc()
                .sql("""
                        select concat_ws(' ', from_state, to_state, reason, nullif(detail, ''))
                        from file_event
                        where file_id = :file
                        order by event_id
                        """)
                .param("file", floor.id(path))
                .query(String.class)
                .list();
    }

    private long count(String table) {
        return house.jdbc()
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    private static void assertDone(StageResult result, long files) {
        assertThat(result.message()).isNull();
        assertThat(result.status()).isEqualTo(Status.COMPLETED);
        assertThat(result.counts().found()).isEqualTo(files);
        assertThat(result.counts().done()).isEqualTo(files);
    }

    private void assertNothingIsLeft() {
        assertThat(Floor.filesBelow(floor.incoming())).isEmpty();
        assertThat(Floor.filesBelow(floor.archive().resolve(".waybill"))).isEmpty();
    }
}
