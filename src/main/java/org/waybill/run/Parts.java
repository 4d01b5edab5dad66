package org.waybill.run;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.ledger.FileState;
import org.waybill.ledger.SizedFile;

/** Cuts the files of a launch into parts of about the same number of bytes, and remembers the cut. */
@Repository
public class Parts {

    /** What opening, forcing and recording a file costs, in bytes that could be handled in the same time. */
    private static final long COST_OF_A_FILE_BYTES = 512 * 1024;

    private static final int ROWS_AT_ONCE = 10_000;

    private final JdbcClient jdbc;

    public Parts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether a launch has its cut already: then it is restarted, and finds the same parts. */
    public boolean areCut(long launchId) {
        return jdbc.sql("select exists (select from part where launch_id = :launch)")
                .param("launch", launchId)
                .query(Boolean.class)
                .single();
    }

    /** The numbers of a launch's parts. */
    public List<Integer> of(long launchId) {
        return jdbc.sql("select distinct part from part where launch_id = :launch order by part")
                .param("launch", launchId)
                .query(Integer.class)
                .list();
    }

    /** What a launch has to do in all, and how much of it is still to do. */
    public record Cut(long files, long bytes) {}

    /** How many files of a launch, and of how many bytes, are still to be done. */
    public Cut toDo(long launchId, FileState from) {
        return jdbc.sql("""
                        select count(*) as files, coalesce(sum(p.size_bytes), 0)::bigint as bytes
                        from part p
                                 join data_file f on f.file_id = p.file_id
                        where p.launch_id = :launch
                          and (f.state = :from
                            or f.state = 'ARCHIVED' and :from = 'PROCESSED' and exists (select
                                                                                       from dataset_file df
                                                                                       where df.file_id = f.file_id
                                                                                         and df.archived_as is null))
                        """)
                .param("launch", launchId)
                .param("from", from.name())
                .query(Cut.class)
                .single();
    }

    /**
     * What came of a run that moves the files of its launch from one state to the next. Found was recorded when it
     * started. Each file of the cut, and each that has an event of the run, counts once: as what the run made of it, else
     * as pending if it still is to be done, else as skipped if somebody else has moved it since. What is none of these,
     * or was done and still is to be done though nobody moved it back, counts nowhere: then found is not reached.
     */
    public Counts count(StageRun run, FileState from, FileState to) {
        return jdbc.sql("""
                        with mine as (
                            select distinct on (e.file_id) e.file_id, e.event_id, e.to_state
                            from file_event e
                            where e.run_id = :run and e.to_state in (:to, 'QUARANTINED')
                            order by e.file_id, e.event_id desc
                        ), cut as (
                            select p.file_id, p.size_bytes,
                                   f.state = :from or f.state = 'ARCHIVED' and :from = 'PROCESSED' and exists (
                                       select
                                       from dataset_file df
                                       where df.file_id = f.file_id and df.archived_as is null) as to_do
                            from part p
                                     join data_file f on f.file_id = p.file_id
                            where p.launch_id = :launch
                        ), fate as (
                            select case
                                       when m.file_id is not null and c.to_do and not exists (
                                           select
                                           from file_event later
                                           where later.file_id = m.file_id and later.event_id > m.event_id
                                             and later.run_id is distinct from :run) then 'UNFINISHED'
                                       when m.file_id is not null then m.to_state
                                       when c.to_do then 'PENDING'
                                       when exists (
                                           select
                                           from file_event other
                                           where other.file_id = c.file_id and other.from_state <> other.to_state
                                             and other.at >= (select started_at from run where run_id = :run)
                                             and other.run_id is distinct from :run) then 'SKIPPED'
                                       end as fate,
                                   c.size_bytes
                            from cut c
                                     full join mine m on m.file_id = c.file_id
                        )
                        select (select found from run where run_id = :run)                                 as found,
                               count(*) filter (where fate = :to)                                          as done,
                               count(*) filter (where fate = 'QUARANTINED')                                as quarantined,
                               count(*) filter (where fate = 'SKIPPED')                                    as skipped,
                               count(*) filter (where fate = 'PENDING')                                    as pending,
                               coalesce(sum(size_bytes) filter (where fate in (:to, 'QUARANTINED')), 0)::bigint as bytes
                        from fate
                        """)
                .param("run", run.runId())
                .param("launch", run.launchId())
                .param("from", from.name())
                .param("to", to.name())
                .query(Counts.class)
                .single();
    }

    /**
     * What came of a run that leaves the files of its launch in their state, and notes what it did. Each file of the cut
     * counts once: as done if the run noted one of these reasons, else as skipped if it noted another or somebody else has
     * moved the file, else as pending.
     */
    public Counts countNoted(StageRun run, FileState state, List<String> done) {
        return jdbc.sql("""
                        with noted as (
                            select e.file_id, bool_or(e.reason = any (:done)) as is_done
                            from file_event e
                            where e.run_id = :run
                            group by e.file_id
                        ), fate as (
                            select case
                                       when n.is_done then 'DONE'
                                       when n.file_id is not null or f.state <> :state then 'SKIPPED'
                                       else 'PENDING'
                                       end as fate,
                                   p.size_bytes
                            from part p
                                     join data_file f on f.file_id = p.file_id
                                     left join noted n on n.file_id = p.file_id
                            where p.launch_id = :launch
                        )
                        select (select found from run where run_id = :run)                                  as found,
                               count(*) filter (where fate = 'DONE')                                       as done,
                               0                                                                           as quarantined,
                               count(*) filter (where fate = 'SKIPPED')                                    as skipped,
                               count(*) filter (where fate = 'PENDING')                                    as pending,
                               coalesce(sum(size_bytes) filter (where fate = 'DONE'), 0)::bigint           as bytes
                        from fate
                        """)
                .param("run", run.runId())
                .param("launch", run.launchId())
                .param("state", state.name())
                .param("done", done.toArray(String[]::new))
                .query(Counts.class)
                .single();
    }

    /** Deals the pieces out, the largest first, each to the part that has the least so far. */
    @Transactional
    public void cut(long launchId, List<SizedFile> pieces, int parts) {
        record Part(int number, long bytes) {}
        PriorityQueue<Part> leastFirst =
                new PriorityQueue<>(Comparator.comparingLong(Part::bytes).thenComparingInt(Part::number));
        IntStream.range(0, parts).forEach(number -> leastFirst.add(new Part(number, 0)));

        List<SizedFile> largestFirst = pieces.stream()
                .sorted(Comparator.comparingLong(SizedFile::sizeBytes)
                        .reversed()
                        .thenComparingLong(SizedFile::fileId))
                .toList();
        int[] dealtTo = new int[largestFirst.size()];
        for (int i = 0; i < dealtTo.length; i++) {
            Part least = leastFirst.remove();
            dealtTo[i] = least.number();
            leastFirst.add(new Part(
                    least.number(),
                    least.bytes() + COST_OF_A_FILE_BYTES + largestFirst.get(i).sizeBytes()));
        }
        for (int from = 0; from < dealtTo.length; from += ROWS_AT_ONCE) {
            int to = Math.min(dealtTo.length, from + ROWS_AT_ONCE);
            insert(launchId, largestFirst.subList(from, to), Arrays.copyOfRange(dealtTo, from, to));
        }
    }

    private void insert(long launchId, List<SizedFile> pieces, int[] dealtTo) {
        jdbc.sql("""
                        insert into part (launch_id, part, file_id, size_bytes)
                        select :launch, p.part, p.file_id, p.size_bytes
                        from unnest(:parts::int[], :files::bigint[], :sizes::bigint[]) as p (part, file_id, size_bytes)
                        """)
                .param("launch", launchId)
                .param("parts", dealtTo)
                .param("files", pieces.stream().mapToLong(SizedFile::fileId).toArray())
                .param("sizes", pieces.stream().mapToLong(SizedFile::sizeBytes).toArray())
                .update();
    }
}
