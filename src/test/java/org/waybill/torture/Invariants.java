package org.waybill.torture;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.waybill.format.checksum.SidecarLine;
import org.waybill.stage.Floor;
import org.waybill.stage.Uploads;

/** The invariants of the design, checked on a home and its ledger while no run is alive. */
public final class Invariants {

    private final Path home;
    private final JdbcClient jdbc;
    private final List<String> violations = new ArrayList<>();

    private Invariants(Path home, JdbcClient jdbc) {
        this.home = home;
        this.jdbc = jdbc;
    }

    /**
     * What is violated, each with the number of its invariant; empty if all hold.
     *
     * @param canaries texts that stand in plain contents or are secrets: they may be nowhere but in keys/
     */
    public static List<String> violations(Path home, JdbcClient jdbc, List<String> canaries) {
        Invariants invariants = new Invariants(home, jdbc);
        try {
            invariants.finalNamesHoldWhatTheLedgerSays();
            invariants.archivedFilesAreThere();
            invariants.inputsAreInOnePlace();
            invariants.deliveriesAreDoneOnce();
            invariants.runsAreConserved();
            invariants.areNowhere(canaries);
            invariants.statesFollowFromEvents();
            invariants.nothingIsHalfDone();
            invariants.linesCountOnce();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return invariants.violations;
    }

    /**
     * What is violated of that which holds at any moment, also between a death and the next run: no final name holds bytes
     * that nobody verified, what the ledger calls archived is there, nothing is told, every state has its event.
     *
     * @param verified digests of the plain contents that may be in the archive
     */
    public static List<String> violationsAnyTime(
            Path home, JdbcClient jdbc, List<String> canaries, Uploads uploads, Set<String> verified) {
        Invariants invariants = new Invariants(home, jdbc);
        try {
            invariants.statesFollowFromEvents();
            invariants.archivedFilesAreThere();
            invariants.finalNamesHoldVerifiedContents(uploads, verified);
            invariants.areNowhere(canaries);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return invariants.violations;
    }

    private void finalNamesHoldVerifiedContents(Uploads uploads, Set<String> verified) {
        for (String name : Floor.filesBelow(archive())) {
            if (name.endsWith(".c4gh") && !name.startsWith(".waybill/")) {
                try {
                    if (!verified.contains(Uploads.sha256(uploads.fromArchive(name)))) {
                        violations.add("I1 " + name + " holds other bytes than were sent");
                    }
                } catch (IOException | RuntimeException e) {
                    violations.add("I1 " + name + " holds bytes that cannot be decrypted: " + e.getMessage());
                }
            }
        }
    }

    private void finalNamesHoldWhatTheLedgerSays() throws IOException {
        for (String name : Floor.filesBelow(archive())) {
            if (name.startsWith(".waybill/")) {
                continue;
            }
            Path file = archive().resolve(name);
            if (name.endsWith(".md5") || name.endsWith(".sha256")) {
                SidecarLine line = SidecarLine.parse(Files.readString(file));
                Path beside = file.resolveSibling(line.name());
                byte[] bytes = Files.exists(beside) ? Files.readAllBytes(beside) : new byte[0];
                if (!line.checksum().hex().equals(Uploads.hex(line.checksum().algorithm(), bytes))) {
                    violations.add("I1 " + name + " does not fit the file beside it");
                }
            } else if (!recorded(name).contains(Uploads.sha256(Files.readAllBytes(file)))) {
                violations.add("I1 " + name + " holds other bytes than the ledger says");
            }
        }
    }

    private List<String> recorded(String name) {
        return jdbc.sql("""
                        select f.archived_sha256
                        from data_file f join dataset_file df on df.file_id = f.file_id
                        where df.archived_as = :name and f.state = 'ARCHIVED'
                        """).param("name", name).query(String.class).list();
    }

    private void archivedFilesAreThere() {
        jdbc.sql("""
                        select f.file_id, df.archived_as, f.archived_sha256
                        from data_file f join dataset_file df on df.file_id = f.file_id
                        where f.state = 'ARCHIVED'
                        """)
                .query((row, n) -> {
                    String name = row.getString("archived_as");
                    if (name == null || !holds(archive().resolve(name), row.getString("archived_sha256"))) {
                        violations.add("I2 file " + row.getLong("file_id") + " is ARCHIVED, and not in the archive");
                    }
                    return n;
                })
                .list();
    }

    private void inputsAreInOnePlace() {
        Set<String> expected = new TreeSet<>();
        jdbc.sql("select file_id, state, held_state, arrived_as from data_file")
                .query((row, n) -> {
                    String id = row.getString("file_id");
                    String held = row.getString("held_state");
                    switch (row.getString("state")) {
                        case "ARRIVED" -> expected.add("incoming/.waybill/received/" + id);
                        case "PROCESSED" -> {
                            expected.add("incoming/.waybill/received/" + id);
                            expected.add("archive/.waybill/processed/" + id);
                        }
                        case "QUARANTINED" -> {
                            expected.add("incoming/.waybill/quarantine/" + id);
                            if ("PROCESSED".equals(held)) {
                                expected.add("archive/.waybill/processed/" + id);
                            }
                        }
                        default -> {}
                    }
                    String arrivedAs = row.getString("arrived_as");
                    if (arrivedAs != null
                            && Files.exists(home.resolve("incoming").resolve(arrivedAs), LinkOption.NOFOLLOW_LINKS)) {
                        violations.add(
                                "I3 the input of file " + id + " was taken, and lies in the incoming folder too");
                    }
                    return n;
                })
                .list();
        Set<String> found = new TreeSet<>();
        for (String folder : List.of("incoming/.waybill", "archive/.waybill")) {
            Floor.filesBelow(home.resolve(folder)).stream()
                    .filter(name -> !name.endsWith(".unpublished"))
                    .forEach(name -> found.add(folder + "/" + name));
        }
        if (!found.equals(expected)) {
            violations.add("I3 working folders: expected " + expected + ", found " + found);
        }
    }

    private void deliveriesAreDoneOnce() {
        jdbc.sql("""
                        select d.delivery_id
                        from delivery d left join delivery_event e using (delivery_id)
                        group by d.delivery_id
                        having count(*) filter (where e.to_state = 'DELIVERED')
                                   - count(*) filter (where e.from_state = 'DELIVERED') <> (d.state = 'DELIVERED')::int
                        """)
                .query(Long.class)
                .list()
                .forEach(id -> violations.add("I4 delivery " + id + " was not done just once"));
    }

    private void runsAreConserved() {
        jdbc.sql("""
                        select r.run_id,
                               r.found = r.done + r.quarantined + r.skipped + r.pending as balanced,
                               r.stage in ('intake', 'delivery', 'acknowledgement') or r.done = (select count(distinct e.file_id)
                                                               from file_event e
                                                               where e.run_id = r.run_id and e.to_state <> 'QUARANTINED'
                                                                 and e.reason not in ('NOT_REWRAPPED', 'UNDECLARED')) as told
                        from run r
                        where r.status = 'COMPLETED'
                        """)
                .query((row, n) -> {
                    if (!row.getBoolean("balanced") || !row.getBoolean("told")) {
                        violations.add("I5 run " + row.getLong("run_id") + " counts other than its events do");
                    }
                    return n;
                })
                .list();
    }

    private void areNowhere(List<String> canaries) throws IOException {
        for (String name : Floor.filesBelow(home)) {
            boolean isKey = name.startsWith("keys/");
            boolean waits = name.startsWith("incoming/") && !name.startsWith("incoming/.waybill/");
            String text = isKey || waits ? "" : text(home.resolve(name));
            if (canaries.stream().anyMatch(text::contains)) {
                violations.add("I7 a canary is in " + name);
            }
        }
        String each =
                jdbc
                        .sql("select tablename from pg_tables where schemaname = 'public'")
                        .query(String.class)
                        .list()
                        .stream()
                        .map("""
                        select '%1$s'
                        where exists (select
                                      from "%1$s" t, unnest(:canaries) canary
                                      where position(canary in t::text) > 0)
                        """::formatted)
                        .collect(Collectors.joining(" union all "));
        jdbc.sql(each)
                .param("canaries", canaries.toArray(String[]::new))
                .query(String.class)
                .list()
                .forEach(table -> violations.add("I7 a canary is in table " + table));
    }

    private void statesFollowFromEvents() {
        jdbc.sql("""
                        select f.file_id,
                               f.state = (select e.to_state
                                          from file_event e
                                          where e.file_id = f.file_id
                                          order by e.event_id desc
                                          limit 1)                                 as last_says_so,
                               (select bool_and(chained)
                                from (select e.from_state is not distinct from
                                             lag(e.to_state) over (order by e.event_id) as chained
                                      from file_event e
                                      where e.file_id = f.file_id) as links)       as chained
                        from data_file f
                        """)
                .query((row, n) -> {
                    if (!row.getBoolean("last_says_so") || !row.getBoolean("chained")) {
                        violations.add("I8 the events of file " + row.getLong("file_id") + " do not lead to its state");
                    }
                    return n;
                })
                .list();
    }

    private void linesCountOnce() {
        jdbc.sql("""
                        select distinct r.stream_id
                        from log_reading r
                        where r.lines <> (select count(*) from log_request q where q.from_position = r.from_position
                                                                               and q.stream_id = r.stream_id)
                                       + (select count(*) from log_unparseable u where u.from_position = r.from_position
                                                                                   and u.stream_id = r.stream_id)
                                       + (select coalesce(sum(i.lines), 0) from log_ignored i
                                          where i.stream_id = r.stream_id and i.from_position = r.from_position)
                           or exists (select from log_reading o where o.stream_id = r.stream_id
                                      and o.from_position > r.from_position and o.from_position < r.to_position)
                        """)
                .query(Long.class)
                .list()
                .forEach(id -> violations.add("I10 lines of log " + id + " count twice, or not at all"));
    }

    private void nothingIsHalfDone() {
        Floor.filesBelow(home).stream()
                .filter(name -> name.endsWith(".unpublished"))
                .forEach(name -> violations.add("I9 " + name + " was left behind"));
    }

    private Path archive() {
        return home.resolve("archive");
    }

    private static boolean holds(Path file, String sha256) {
        try {
            return Files.isRegularFile(file)
                    && Uploads.sha256(Files.readAllBytes(file)).equals(sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) throws IOException {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                ? Files.readString(file, StandardCharsets.ISO_8859_1)
                : "";
    }
}
