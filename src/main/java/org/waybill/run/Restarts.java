package org.waybill.run;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.waybill.ledger.Selection;

/** Whether a run can be restarted, and what it was asked to do. */
@Repository
public class Restarts {

    private final JdbcClient jdbc;

    public Restarts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * A run that somebody wants to be restarted.
     *
     * @param followedBy as in {@link Order}
     * @param refusal why it cannot be, and what to do instead; null if it can
     */
    public record Task(
            long runId,
            long launchId,
            String route,
            Stage stage,
            Selection selection,
            List<Stage> followedBy,
            @Nullable String refusal) {}

    /** Empty: there is no such run. Whether it is still alive, only who takes its ownership knows. */
    public Optional<Task> of(long runId) {
        return jdbc.sql("""
                        select r.run_id, r.launch_id, r.route, r.stage, r.status, l.dataset, l.files, l.followed_by,
                               (select max(run_id) from run where launch_id = r.launch_id) as last_run,
                               f.state, f.superseded_by
                        from run r
                                 join launch l on l.launch_id = r.launch_id
                                 left join run_failure f on f.run_id = r.run_id
                        where r.run_id = :run
                        """).param("run", runId).query((row, n) -> task(row)).optional();
    }

    private static Task task(ResultSet row) throws SQLException {
        Stage stage = Stage.labelled(row.getString("stage")).orElseThrow();
        return new Task(
                row.getLong("run_id"),
                row.getLong("launch_id"),
                row.getString("route"),
                stage,
                new Selection(row.getString("dataset"), texts(row.getArray("files"))),
                texts(row.getArray("followed_by")).stream()
                        .map(label -> Stage.labelled(label).orElseThrow())
                        .toList(),
                refusal(row, stage));
    }

    private static @Nullable String refusal(ResultSet row, Stage stage) throws SQLException {
        String run = "run " + row.getLong("run_id");
        String status = row.getString("status");
        if (status.equals("COMPLETED")) {
            return run + " completed; there is nothing to restart";
        }
        if (status.equals("ABANDONED")) {
            return run + " was abandoned; begin anew with: waybill run " + row.getString("route") + "." + stage.label();
        }
        if (row.getLong("last_run") != row.getLong("run_id")) {
            return run + " was restarted as run " + row.getLong("last_run") + "; if that failed, restart that";
        }
        if ("SUPERSEDED".equals(row.getString("state"))) {
            return run + " was superseded by run " + row.getLong("superseded_by")
                    + ", which completed what it was to do; there is nothing to restart";
        }
        return stage == Stage.REWRAP
                ? run + " needs the old key, which no run keeps; go on with: waybill run " + row.getString("route")
                        + ".rewrap --from KEY"
                : null;
    }

    private static List<String> texts(@Nullable Array array) throws SQLException {
        return array == null ? List.of() : Arrays.asList((String[]) array.getArray());
    }
}
