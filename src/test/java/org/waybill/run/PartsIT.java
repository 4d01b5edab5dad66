package org.waybill.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.dao.DuplicateKeyException;
import org.waybill.House;
import org.waybill.ledger.SizedFile;

/** The cut of a launch is balanced, the same whoever makes it, and kept. */
class PartsIT {

    private static final int FILES = 100_000;
    private static final long MIB = 1 << 20;

    @TempDir
    private static Path home;

    private static House house;
    private static Parts parts;
    private static List<Long> ids;

    @BeforeAll
    static void open() {
        house = House.in(home);
        parts = house.bean(Parts.class);
        ids = house.jdbc().sql("""
                        insert into data_file (route, path, state, expected_at)
                        select 'ega', 'file-' || n, 'EXPECTED', now()
                        from generate_series(1, :files) as n
                        returning file_id
                        """).param("files", FILES).query(Long.class).list();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void balancesManyFilesOfVeryDifferentSizes() {
        Random random = new Random(11);
        long launch = cut(files(FILES, i -> (long) Math.exp(random.nextDouble() * Math.log(1000 * MIB))), 7);

        List<Long> sizes = bytesOfParts(launch);
        long ideal = sizes.stream().mapToLong(Long::longValue).sum() / 7;
        assertThat(sizes).hasSize(7).allSatisfy(size -> assertThat(3 * size).isLessThanOrEqualTo(4 * ideal));
        assertThat(filesOf(launch)).isEqualTo(FILES);
    }

    @Test
    void staysWithinAThirdOfTheIdealForAFewFiles() {
        for (int seed = 0; seed < 50; seed++) {
            Random random = new Random(seed);
            int count = 8 + random.nextInt(20);
            long largest = 100 * MIB;
            long launch = cut(files(count, i -> largest / 4 + random.nextInt((int) (largest / 4))), 4);

            List<Long> sizes = bytesOfParts(launch);
            long ideal = sizes.stream().mapToLong(Long::longValue).sum() / 4;
            assertThat(Collections.max(sizes)).as("seed %d", seed).isLessThanOrEqualTo(ideal + largest / 2);
            assertThat(sizes).hasSize(4);
        }
    }

    @Test
    void givesAHugeFileAPartOfItsOwn() {
        long launch = cut(files(301, i -> i == 150 ? 100_000 * MIB : MIB), 4);
        assertThat(house.jdbc()
                        .sql("select count(*) from part where launch_id = :launch group by part order by 1")
                        .param("launch", launch)
                        .query(Long.class)
                        .list())
                .containsExactly(1L, 100L, 100L, 100L);
    }

    @Test
    void dealsOutFilesWithoutSizeToo() {
        long launch = cut(files(400, i -> 0), 4);
        assertThat(house.jdbc()
                        .sql("select count(*) from part where launch_id = :launch group by part")
                        .param("launch", launch)
                        .query(Long.class)
                        .list())
                .containsExactly(100L, 100L, 100L, 100L);
    }

    @Test
    void cutsTheSameFilesTheSameWay() {
        List<SizedFile> files = files(500, i -> i % 7 * MIB);
        List<SizedFile> shuffled = new ArrayList<>(files);
        Collections.shuffle(shuffled, new Random(5));
        assertThat(assignment(cut(shuffled, 3))).isEqualTo(assignment(cut(files, 3)));
    }

    @Test
    void findsTheCutAgain() {
        long launch = launch();
        assertThat(parts.areCut(launch)).isFalse();
        assertThat(parts.of(launch)).isEmpty();
        parts.cut(launch, files(10, i -> MIB), 3);
        assertThat(parts.areCut(launch)).isTrue();
        assertThat(parts.of(launch)).containsExactly(0, 1, 2);
    }

    @Test
    void makesNoEmptyParts() {
        long launch = cut(files(2, i -> MIB), 4);
        assertThat(parts.of(launch)).containsExactly(0, 1);
    }

    @Test
    void dealsNoFileTwice() {
        List<SizedFile> files = files(10, i -> MIB * i);
        long launch = cut(files, 3);
        List<String> before = assignment(launch);
        assertThatThrownBy(() -> parts.cut(launch, files, 2)).isInstanceOf(DuplicateKeyException.class);
        assertThat(assignment(launch)).isEqualTo(before);
    }

    private static List<SizedFile> files(int count, LongUnaryOperator sizeBytes) {
        List<SizedFile> files = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            files.add(new SizedFile(ids.get(i), "file-" + i, sizeBytes.applyAsLong(i)));
        }
        return files;
    }

    private static long cut(List<SizedFile> files, int number) {
        long launch = launch();
        parts.cut(launch, files, number);
        return launch;
    }

    private static long launch() {
        return house.jdbc().sql("""
                        insert into launch (route, stage, launched_at, launched_by)
                        values ('ega', 'processing', now(), 'ada')
                        returning launch_id
                        """).query(Long.class).single();
    }

    private static List<Long> bytesOfParts(long launch) {
        return house.jdbc()
                .sql("select sum(size_bytes)::bigint from part where launch_id = :launch group by part")
                .param("launch", launch)
                .query(Long.class)
                .list();
    }

    private static long filesOf(long launch) {
        return house.jdbc()
                .sql("select count(distinct file_id) from part where launch_id = :launch")
                .param("launch", launch)
                .query(Long.class)
                .single();
    }

    private static List<String> assignment(long launch) {
        return house.jdbc()
                .sql("select file_id || ':' || part from part where launch_id = :launch order by file_id")
                .param("launch", launch)
                .query(String.class)
                .list();
    }
}
