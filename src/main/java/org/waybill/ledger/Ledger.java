package org.waybill.ledger;

import java.sql.Timestamp;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Moves files from state to state. */
@Repository
public class Ledger {

    private final JdbcClient jdbc;

    public Ledger(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A move that is wanted.
     *
     * @param reason code: of {@link Reason} when the move leads to quarantine, otherwise a word in capitals
     * @param detail what was expected and what was found; may be empty
     */
    public record Move(long fileId, FileState from, FileState to, String reason, String detail) {

        public Move {
            if (to == FileState.QUARANTINED && !Reason.isCode(reason)) {
                throw new IllegalArgumentException("nobody could look up why a file is in quarantine: " + reason);
            }
        }
    }

    /**
     * To be said before files of a route are made: until the end of the transaction nobody else makes any. Intake and
     * transfer both do, and each must see what the other has made.
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void declareAlone(String route) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('waybill declares:' || :route, 0))")
                .param("route", route)
                .query((row, n) -> n)
                .single();
    }

    /** Moves one file; false if it was not, or no longer, in the state it should move from. */
    @Transactional
    public boolean move(Move move, Stamp stamp) {
        return !move(List.of(move), stamp).isEmpty();
    }

    /**
     * Moves many files, each by compare and set, and appends their events in the same statement. The files are locked in
     * the order of their ids, so that two who move the same ones wait for each other, and never both for ever.
     *
     * @return the ids of those that moved; the others were not, or no longer, in the state they should move from
     * @throws IllegalArgumentException if a stage may not move a file so
     */
    @Transactional
    public Set<Long> move(List<Move> moves, Stamp stamp) {
        for (Move move : moves) {
            if (!move.from().leadsTo(move.to())) {
                throw new IllegalArgumentException("no stage moves a file from " + move.from() + " to " + move.to());
            }
        }
        return compareAndSet(moves, stamp);
    }

    /**
     * Gives a file in quarantine the state back from which it came.
     *
     * @return the state that it has now; empty if it was not, or no longer, in quarantine
     */
    @Transactional
    public Optional<FileState> readmit(long fileId, String why, Stamp stamp) {
        return jdbc.sql("select held_state from data_file where file_id = :file and state = 'QUARANTINED'")
                .param("file", fileId)
                .query(String.class)
                .optional()
                .map(FileState::valueOf)
                .filter(held -> !compareAndSet(
                                List.of(new Move(fileId, FileState.QUARANTINED, held, "READMITTED", why)), stamp)
                        .isEmpty());
    }

    /**
     * Sets a file by hand, and so undoes what followed that state: to be sent again, or to be processed again. Whether it is
     * a duplicate is open again then, and it counts as the newest version.
     *
     * @return false if the file was not, or no longer, in the state it should move from
     * @throws IllegalArgumentException if a file may not be set so
     * @throws org.springframework.dao.DuplicateKeyException if another file of the same path is on its way
     */
    @Transactional
    public boolean set(long fileId, FileState from, FileState to, String why, Stamp stamp) {
        if (!from.canBeSetTo(to)) {
            throw new IllegalArgumentException(
                    from.settableTo().isEmpty()
                            ? "a file that is " + from + " cannot be set by hand"
                            : "a file that is " + from + " can be set to " + new TreeSet<>(from.settableTo()));
        }
        boolean moved = !compareAndSet(List.of(new Move(fileId, from, to, "SET_BY_HAND", why)), stamp)
                .isEmpty();
        if (moved) {
            jdbc.sql("""
                            update data_file
                            set processed_at = null, archived_at = null, duplicate_of = null,
                                arrived_at   = case when :to = 'EXPECTED' then null else arrived_at end,
                                version      = case
                                    when duplicate_of is null then version
                                    else (select max(v.version) + 1
                                          from data_file v
                                          where v.route = data_file.route and v.path = data_file.path) end
                            where file_id = :file
                            """).param("file", fileId).param("to", to.name()).update();
            jdbc.sql("update dataset_file set archived_as = null where file_id = :file")
                    .param("file", fileId)
                    .update();
        }
        return moved;
    }

    private Set<Long> compareAndSet(List<Move> moves, Stamp stamp) {
        if (moves.isEmpty()) {
            return Set.of();
        }
        return new HashSet<>(jdbc.sql("""
                        with wanted as (
                            select *
                            from unnest(:files::bigint[], :froms::text[], :tos::text[], :reasons::text[], :details::text[])
                                     as w (file_id, from_state, to_state, reason, detail)
                        ), locked as (
                            select w.*
                            from wanted w
                                     join data_file f on f.file_id = w.file_id and f.state = w.from_state
                            order by f.file_id
                            for no key update of f
                        ), moved as (
                            update data_file f
                            set state      = w.to_state,
                                held_state = case when w.to_state = 'QUARANTINED' then w.from_state end,
                                reason     = case when w.to_state = 'QUARANTINED' then w.reason end
                            from locked w
                            where f.file_id = w.file_id and f.state = w.from_state
                            returning w.*
                        ), noted as (
                            insert into file_event (file_id, at, from_state, to_state, reason, detail, run_id, actor)
                            select file_id, :at, from_state, to_state, reason, detail, :run, :actor
                            from moved
                        )
                        select file_id from moved
                        """)
                .param("files", moves.stream().mapToLong(Move::fileId).toArray())
                .param("froms", strings(moves, move -> move.from().name()))
                .param("tos", strings(moves, move -> move.to().name()))
                .param("reasons", strings(moves, Move::reason))
                .param("details", strings(moves, Move::detail))
                .param("at", Timestamp.from(stamp.at()))
                .param("run", stamp.runId())
                .param("actor", stamp.actor())
                .query(Long.class)
                .list());
    }

    private static String[] strings(List<Move> moves, Function<Move, String> field) {
        return moves.stream().map(field).toArray(String[]::new);
    }
}
