package org.waybill.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.waybill.House;
import org.waybill.ledger.Ledger.Move;

/** States change by compare and set only, each change has its event, and history stays as it is. */
class LedgerIT {

    private static final Stamp BY_PERSON = new Stamp(Instant.parse("2024-05-01T02:03:04Z"), null, "ada");
    private static final AtomicLong NUMBER = new AtomicLong();

    @TempDir
    private static Path home;

    private static House house;
    private static Ledger ledger;
    private static JdbcClient jdbc;

    @BeforeAll
    static void open() {
        house = House.in(home);
        ledger = house.bean(Ledger.class);
        jdbc = house.jdbc();
    }

    @AfterAll
    static void close() {
        house.close();
    }

    @Test
    void twoMoversMoveEachOfTenThousandFilesOnce() throws Exception {
        List<Long> files = jdbc.sql("""
                        insert into data_file (route, path, state, expected_at, arrived_at, arrival_rule, received_size)
                        select 'race', 'file-' || n, 'EXPECTED', now(), now(), 'QUIET', n
                        from generate_series(1, 10000) as n
                        returning file_id
                        """).query(Long.class).list();
        List<Long> backwards = new ArrayList<>(files);
        Collections.reverse(backwards);

        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService movers = Executors.newFixedThreadPool(2);
        try {
            Future<List<Long>> one = movers.submit(mover(files, 250, start));
            Future<List<Long>> other = movers.submit(mover(backwards, 10_000, start));
            List<Long> moved = new ArrayList<>(one.get());
            moved.addAll(other.get());
            assertThat(moved).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(files);
        } finally {
            movers.shutdownNow();
        }
        assertThat(jdbc.sql("""
                        select count(*) || ' events of ' || count(distinct e.file_id) || ' files'
                        from file_event e
                                 join data_file f on f.file_id = e.file_id
                        where f.route = 'race' and f.state = 'ARRIVED' and e.from_state = 'EXPECTED' and e.to_state = 'ARRIVED'
                        """).query(String.class).single()).isEqualTo("10000 events of 10000 files");
    }

    private static Callable<List<Long>> mover(List<Long> files, int atOnce, CyclicBarrier start) {
        return () -> {
            List<Long> moved = new ArrayList<>();
            start.await();
            for (int from = 0; from < files.size(); from += atOnce) {
                moved.addAll(ledger.move(
                        files.subList(from, from + atOnce).stream()
                                .map(file -> new Move(file, FileState.EXPECTED, FileState.ARRIVED, "QUIET", ""))
                                .toList(),
                        BY_PERSON));
            }
            return moved;
        };
    }

    @Test
    void movesAFileAndNotesWhoAndWhen() {
        long file = file(FileState.ARRIVED);
        assertThat(ledger.move(
                        new Move(file, FileState.ARRIVED, FileState.PROCESSED, "VERIFIED", "7 bytes"), BY_PERSON))
                .isTrue();
        assertThat(state(file)).isEqualTo("PROCESSED");
        assertThat(events(file)).containsExactly("ARRIVED>PROCESSED VERIFIED 7 bytes by ada at 2024-05-01 02:03:04");
    }

    @Test
    void refusesAFileThatIsInAnotherState() {
        long file = file(FileState.PROCESSED);
        assertThat(ledger.move(new Move(file, FileState.ARRIVED, FileState.PROCESSED, "VERIFIED", ""), BY_PERSON))
                .isFalse();
        assertThat(ledger.move(new Move(-1, FileState.ARRIVED, FileState.PROCESSED, "VERIFIED", ""), BY_PERSON))
                .isFalse();
        assertThat(state(file)).isEqualTo("PROCESSED");
        assertThat(events(file)).isEmpty();
    }

    @Test
    void movesThoseOfManyThatItCan() {
        long here = file(FileState.ARRIVED);
        long elsewhere = file(FileState.EXPECTED);
        Set<Long> moved = ledger.move(
                List.of(
                        new Move(elsewhere, FileState.ARRIVED, FileState.PROCESSED, "VERIFIED", ""),
                        new Move(here, FileState.ARRIVED, FileState.PROCESSED, "VERIFIED", "")),
                BY_PERSON);
        assertThat(moved).containsExactly(here);
        assertThat(state(elsewhere)).isEqualTo("EXPECTED");
    }

    @Test
    void movesNothingIfNothingIsAsked() {
        assertThat(ledger.move(List.of(), BY_PERSON)).isEmpty();
    }

    @Test
    void throwsOnMovesThatNoStageMakes() {
        long file = file(FileState.EXPECTED);
        for (FileState from : FileState.values()) {
            for (FileState to : FileState.values()) {
                if (!from.leadsTo(to)) {
                    Move move = new Move(file, from, to, Reason.MALFORMED.name(), "");
                    assertThatThrownBy(() -> ledger.move(move, BY_PERSON))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessage("no stage moves a file from " + from + " to " + to);
                }
            }
        }
        assertThat(events(file)).isEmpty();
    }

    @Test
    void knowsTheReasonOfEveryQuarantine() {
        long file = file(FileState.ARRIVED);
        assertThatThrownBy(() -> new Move(file, FileState.ARRIVED, FileState.QUARANTINED, "ODD", ""))
                .isInstanceOf(IllegalArgumentException.class);
        for (Reason reason : Reason.values()) {
            long other = file(FileState.ARRIVED);
            ledger.move(new Move(other, FileState.ARRIVED, FileState.QUARANTINED, reason.name(), ""), BY_PERSON);
            assertThat(quarantine(other)).isEqualTo(reason + " ARRIVED");
        }
    }

    @ParameterizedTest
    @EnumSource(FileState.class)
    void readmitsOnlyFromQuarantine(FileState state) {
        long file = file(state);
        if (state == FileState.QUARANTINED) {
            assertThat(ledger.readmit(file, "checked", BY_PERSON)).contains(FileState.ARRIVED);
            assertThat(state(file)).isEqualTo("ARRIVED");
            assertThat(quarantine(file)).isNull();
            assertThat(events(file))
                    .containsExactly("QUARANTINED>ARRIVED READMITTED checked by ada at 2024-05-01 02:03:04");
        } else {
            assertThat(ledger.readmit(file, "checked", BY_PERSON)).isEmpty();
            assertThat(state(file)).isEqualTo(state.name());
            assertThat(events(file)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = FileState.class, mode = EnumSource.Mode.EXCLUDE, names = "QUARANTINED")
    void readmitsToTheStateBefore(FileState before) {
        long file = file(before);
        ledger.move(new Move(file, before, FileState.QUARANTINED, Reason.MISSING.name(), ""), BY_PERSON);
        assertThat(quarantine(file)).isEqualTo("MISSING " + before);
        assertThat(ledger.readmit(file, "checked", BY_PERSON)).contains(before);
        assertThat(state(file)).isEqualTo(before.name());
        assertThat(events(file)).hasSize(2);
    }

    @Test
    void setsFilesByHandOnlyWhereThatIsAllowed() {
        for (FileState from : FileState.values()) {
            for (FileState to : FileState.values()) {
                long file = file(from);
                if (from.canBeSetTo(to)) {
                    assertThat(ledger.set(file, from, to, "why", BY_PERSON)).isTrue();
                    assertThat(state(file)).isEqualTo(to.name());
                    assertThat(quarantine(file)).isNull();
                    assertThat(events(file))
                            .containsExactly(from + ">" + to + " SET_BY_HAND why by ada at 2024-05-01 02:03:04");
                } else {
                    assertThatThrownBy(() -> ledger.set(file, from, to, "why", BY_PERSON))
                            .isInstanceOf(IllegalArgumentException.class)
                            .hasMessageStartingWith("a file that is " + from + " can");
                    assertThat(state(file)).isEqualTo(from.name());
                    assertThat(events(file)).isEmpty();
                }
            }
        }
    }

    @Test
    void setsNoFileThatSomebodyElseMoved() {
        long file = file(FileState.PROCESSED);
        assertThat(ledger.set(file, FileState.ARRIVED, FileState.EXPECTED, "why", BY_PERSON))
                .isFalse();
        assertThat(state(file)).isEqualTo("PROCESSED");
        assertThat(events(file)).isEmpty();
    }

    @Test
    void undoesTheDatesThatFollowAStateSetByHand() {
        long again = file(FileState.PROCESSED);
        ledger.set(again, FileState.PROCESSED, FileState.ARRIVED, "process again", BY_PERSON);
        assertThat(dates(again)).isEqualTo("arrived");

        long anew = file(FileState.ARCHIVED);
        ledger.set(anew, FileState.ARCHIVED, FileState.EXPECTED, "send again", BY_PERSON);
        assertThat(dates(anew)).isEmpty();
    }

    @Test
    void setsNoFileBesideAnotherOnTheSameWay() {
        long archived = file(FileState.ARCHIVED);
        jdbc.sql("""
                        insert into data_file (route, path, state, expected_at, version)
                        select route, path, 'EXPECTED', now(), version + 1 from data_file where file_id = :file
                        """).param("file", archived).update();
        assertThatThrownBy(() -> ledger.set(archived, FileState.ARCHIVED, FileState.EXPECTED, "why", BY_PERSON))
                .isInstanceOf(DuplicateKeyException.class);
        assertThat(state(archived)).isEqualTo("ARCHIVED");
        assertThat(dates(archived)).isEqualTo("arrived processed archived");
        assertThat(events(archived)).isEmpty();
    }

    @Test
    void leavesNeitherStateNorEventAfterARollback() {
        long file = file(FileState.ARRIVED);
        new TransactionTemplate(house.bean(PlatformTransactionManager.class)).executeWithoutResult(transaction -> {
            assertThat(ledger.move(new Move(file, FileState.ARRIVED, FileState.PROCESSED, "VERIFIED", ""), BY_PERSON))
                    .isTrue();
            assertThat(events(file)).hasSize(1);
            transaction.setRollbackOnly();
        });
        assertThat(state(file)).isEqualTo("ARRIVED");
        assertThat(events(file)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update file_event set detail = 'other'",
                "delete from file_event",
                "truncate file_event cascade",
                "truncate data_file cascade",
                "delete from data_file"
            })
    void keepsHistory(String forgery) {
        long file = file(FileState.ARRIVED);
        ledger.move(new Move(file, FileState.ARRIVED, FileState.PROCESSED, "VERIFIED", ""), BY_PERSON);
        assertThatThrownBy(() -> jdbc.sql(forgery).update()).hasMessageContaining("is append-only");
        assertThat(events(file)).hasSize(1);
    }

    private static long file(FileState state) {
        return jdbc.sql("""
                        insert into data_file (route, path, state, expected_at, arrived_at, arrival_rule, received_size,
                                               plain_sha256, archived_sha256, processed_at, archived_at, held_state, reason)
                        select 'ega', 'file-' || :number, s.state, now(), now(), 'QUIET', 7, s.sha256, s.sha256,
                               case when s.state in ('PROCESSED', 'ARCHIVED') then now() end,
                               case when s.state = 'ARCHIVED' then now() end,
                               case when s.state = 'QUARANTINED' then 'ARRIVED' end,
                               case when s.state = 'QUARANTINED' then 'DAMAGED' end
                        from (select :state as state, repeat('a', 64) as sha256) as s
                        returning file_id
                        """)
                .param("number", NUMBER.incrementAndGet())
                .param("state", state.name())
                .query(Long.class)
                .single();
    }

    private static String state(long file) {
        return of(file, "select state from data_file where file_id = :file").single();
    }

    /** Its reason and the state that is held for it; null unless it is there. */
    private static @Nullable String quarantine(long file) {
        return of(file, "select reason || ' ' || held_state from data_file where file_id = :file")
                .list()
                .get(0);
    }

    private static String dates(long file) {
        return of(file, """
                        select concat_ws(' ', case when arrived_at is not null then 'arrived' end,
                                         case when processed_at is not null then 'processed' end,
                                         case when archived_at is not null then 'archived' end)
                        from data_file
                        where file_id = :file
                        """).single();
    }

    private static List<String> events(long file) {
        return of(file, """
                        select from_state || '>' || to_state || ' ' || reason || case when detail <> '' then ' ' else '' end
                                   || detail || ' by ' || actor || ' at ' || to_char(at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS')
                        from file_event
                        where file_id = :file
                        order by event_id
                        """).list();
    }

    private static JdbcClient.MappedQuerySpec<String> of(long file, String sql) {
        return jdbc.sql(sql).param("file", file).query(String.class);
    }
}
