package org.waybill.stage.acknowledgement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.waybill.run.Stage;
import org.waybill.run.StageResult.Status;

/** However logs are rotated, wherever the reader stood, and whenever it died: no line is lost, and none counts twice. */
class RotationIT {

    private static final String N1 = "/results/clinics/north/N-1";
    private static final List<String> NO_CRASH = List.of("nowhere");
    private static final List<String> CRASHES = List.of(
            "log_stream UPDATE",
            "log_reading INSERT",
            "log_ignored INSERT",
            "log_request INSERT",
            "receipt INSERT",
            "commit");

    @TempDir
    static Path home;

    private static Clinic clinic;
    private static int cells;

    private Path folder = Path.of("");
    private int written;

    /** How a log becomes a rotated one. */
    enum Way {
        RENAMED,
        RENAMED_BY_DATE,
        RENAMED_AND_COMPRESSED,
        RENAMED_AND_COMPRESSED_LATER,
        RENAMED_TWICE,
        RENAMED_THREE_TIMES_AND_COMPRESSED,
        COPIED_AND_CUT,
        COPIED_AND_CUT_AND_COMPRESSED,
        COPIED_AND_CUT_AND_GROWN_LONGER,
        COMPRESSED_IN_TWO_MEMBERS
    }

    /** Where the reader stood when it was rotated. */
    enum Stood {
        NOWHERE,
        AT_THE_FIRST_LINE,
        IN_THE_MIDDLE,
        AT_THE_END
    }

    private record Cell(Way way, Stood stood, boolean halfLine, String crash) {}

    @BeforeAll
    static void open() throws IOException {
        clinic = Clinic.in(home);
        clinic.deliver("N-1");
        clinic.house().jdbc().sql("create table crash (point text)").update();
        clinic.house().jdbc().sql("""
                create function crash() returns trigger language plpgsql as $$
                begin
                    if exists (select from crash where point in (tg_table_name || ' ' || tg_op, tg_argv[0])) then
                        raise exception 'crash';
                    end if;
                    return new;
                end $$""").update();
        for (String point : CRASHES) {
            String[] words = point.split(" ");
            clinic.house()
                    .jdbc()
                    .sql(
                            words.length == 1
                                    ? "create constraint trigger crash after insert on log_request deferrable initially deferred"
                                            + " for each row execute function crash('commit')"
                                    : "create trigger aa_crash before %s on %s for each row execute function crash('')"
                                            .formatted(words[1], words[0]))
                    .update();
        }
    }

    @AfterAll
    static void close() {
        clinic.close();
    }

    static List<Cell> matrix() {
        List<Cell> cells = new ArrayList<>();
        for (Way way : Way.values()) {
            for (Stood stood : Stood.values()) {
                for (boolean half : new boolean[] {false, true}) {
                    cells.add(new Cell(way, stood, half, NO_CRASH.get(0)));
                    cells.add(new Cell(way, stood, half, CRASHES.get(cells.size() / 2 % CRASHES.size())));
                }
            }
        }
        return cells;
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void eachLineCountsOnce(Cell cell) throws Exception {
        String name = "cell-" + ++cells;
        folder = Files.createDirectories(home.resolve("logs").resolve(name));
        Clinic.route(
                home,
                Clinic.ACKNOWLEDGEMENT.replace("name: web", "name: " + name).replace("logs/", "logs/" + name + "/"));

        write(log(), 1);
        readIf(cell.stood == Stood.AT_THE_FIRST_LINE);
        write(log(), 20);
        readIf(cell.stood == Stood.IN_THE_MIDDLE);
        write(log(), 40);
        String half = line();
        if (cell.halfLine) {
            Clinic.append(log(), half.substring(0, half.length() / 2));
        }
        readIf(cell.stood == Stood.AT_THE_END);
        Clinic.append(log(), cell.halfLine ? half.substring(half.length() / 2) + "\n" : half + "\n");
        rotate(cell.way);
        write(log(), 5);

        if (cell.crash.equals(NO_CRASH.get(0))) {
            clinic.read();
        } else {
            crash(cell.crash);
        }
        clinic.read();
        write(log(), 1);
        clinic.read();

        assertThat(clinic.rows("""
                select r.agent from log_request r join log_stream s using (stream_id) where s.log = '%s'
                """.formatted(name))).doesNotHaveDuplicates().hasSize(written);
        assertThat(clinic.rows("""
                select 'unread ' || s.log from log_unparseable join log_stream s using (stream_id) where s.log = '%s'
                """.formatted(name))).isEmpty();
        assertThat(clinic.rows("select g.why from log_gap g join log_stream s using (stream_id) where s.log = '%s'"
                        .formatted(name)))
                .isEmpty();
        assertThat(clinic.rows("""
                select distinct l.lines - coalesce(i.lines, 0) - r.facts
                from (select stream_id, from_position, lines from log_reading join log_stream s using (stream_id)
                      where s.log = '%s') l
                         left join (select stream_id, from_position, sum(lines) as lines from log_ignored group by 1, 2) i
                                   using (stream_id, from_position)
                         cross join lateral (select count(*) as facts from log_request
                                             where stream_id = l.stream_id and from_position = l.from_position) r
                """.formatted(name))).containsExactly("0");
    }

    private Path log() {
        return folder.resolve("access.log");
    }

    private String line() {
        written++;
        return clinic.get(N1, Clinic.size("N-1")).agent("line " + written).text();
    }

    /** Lines that count, and one that does not. */
    private void write(Path file, int lines) throws IOException {
        for (int i = 0; i < lines; i++) {
            Clinic.append(file, line() + "\n");
        }
        Clinic.append(file, clinic.get(N1, 0).status(404).text() + "\n");
    }

    private static void readIf(boolean now) {
        if (now) {
            clinic.read();
        }
    }

    private static void crash(String point) {
        clinic.house().jdbc().sql("insert into crash values (?)").param(point).update();
        assertThat(clinic.house().run("results", Stage.ACKNOWLEDGEMENT).status())
                .isEqualTo(Status.FAILED);
        clinic.house().jdbc().sql("delete from crash").update();
    }

    private void rotate(Way way) throws IOException {
        switch (way) {
            case RENAMED -> move("access.log", "access.log.1");
            case RENAMED_BY_DATE -> move("access.log", "access.log-20260101");
            case RENAMED_AND_COMPRESSED -> gzip("access.log", "access.log.1.gz");
            case RENAMED_AND_COMPRESSED_LATER -> {
                move("access.log", "access.log.1");
                write(log(), 3);
                gzip("access.log.1", "access.log.2.gz");
                move("access.log", "access.log.1");
            }
            case RENAMED_TWICE -> {
                move("access.log", "access.log.1");
                write(log(), 3);
                move("access.log.1", "access.log.2");
                move("access.log", "access.log.1");
            }
            case RENAMED_THREE_TIMES_AND_COMPRESSED -> {
                gzip("access.log", "access.log.3.gz");
                write(log(), 3);
                gzip("access.log", "access.log.2.gz");
                write(log(), 3);
                gzip("access.log", "access.log.1.gz");
            }
            case COPIED_AND_CUT -> copyAndCut();
            case COPIED_AND_CUT_AND_COMPRESSED -> {
                copyAndCut();
                gzip("access.log.1", "access.log.1.gz");
            }
            case COPIED_AND_CUT_AND_GROWN_LONGER -> {
                copyAndCut();
                write(log(), 90);
            }
            case COMPRESSED_IN_TWO_MEMBERS -> {
                byte[] all = Files.readAllBytes(log());
                try (OutputStream file = Files.newOutputStream(folder.resolve("access.log.1.gz"))) {
                    member(file, all, 0, 1000);
                    member(file, all, 1000, all.length);
                }
                Files.delete(log());
            }
        }
    }

    private void copyAndCut() throws IOException {
        Files.copy(log(), folder.resolve("access.log.1"));
        Files.write(log(), new byte[0]);
    }

    private void move(String from, String to) throws IOException {
        Files.move(folder.resolve(from), folder.resolve(to));
    }

    private void gzip(String from, String to) throws IOException {
        byte[] all = Files.readAllBytes(folder.resolve(from));
        try (OutputStream file = Files.newOutputStream(folder.resolve(to))) {
            member(file, all, 0, all.length);
        }
        Files.setLastModifiedTime(folder.resolve(to), Files.getLastModifiedTime(folder.resolve(from)));
        Files.delete(folder.resolve(from));
    }

    private static void member(OutputStream file, byte[] all, int from, int to) throws IOException {
        GZIPOutputStream out = new GZIPOutputStream(file);
        out.write(all, from, to - from);
        out.finish();
    }
}
