package org.waybill.run.batch;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;
import org.waybill.route.Route;
import org.waybill.route.Route.Schedule;
import org.waybill.run.Stage;

/** The record of the configurations that runs found, from which reports know when runs were to begin. */
@Repository
class Configurations {

    private final JdbcClient jdbc;
    private final String program;

    Configurations(JdbcClient jdbc, ObjectProvider<BuildProperties> build) {
        this.jdbc = jdbc;
        this.program = Optional.ofNullable(build.getIfAvailable())
                .map(BuildProperties::getVersion)
                .orElse("");
    }

    /** The version of this program; empty where its build did not say. */
    String program() {
        return program;
    }

    /** Records the configuration of a route, unless it is the one that was found last. */
    @Transactional
    void seen(Route route, Instant at) {
        jdbc.sql("""
                        insert into route_configuration (route, sha256, seen_at)
                        select :route, :sha256, :at
                        where :sha256 is distinct from (select c.sha256
                                                        from route_configuration c
                                                        where c.route = :route
                                                        order by c.configuration_id desc
                                                        limit 1)
                        returning configuration_id
                        """)
                .param("route", route.name())
                .param("sha256", route.sha256())
                .param("at", Timestamp.from(at))
                .query(Long.class)
                .optional()
                .ifPresent(configuration ->
                        route.schedule().ifPresent(schedule -> add(configuration, route.name(), schedule)));
    }

    private void add(long configuration, String route, Schedule schedule) {
        schedule.due().forEach((key, cron) -> {
            boolean whole = key.equals(Schedule.WHOLE_ROUTE);
            jdbc.sql("""
                            insert into route_schedule (configuration_id, target, stage, cron, zone, grace_seconds)
                            values (:configuration, :target, :stage, :cron, :zone, :grace)
                            """)
                    .param("configuration", configuration)
                    .param("target", whole ? route : route + "." + key)
                    .param("stage", whole ? Stage.way().get(0).label() : key)
                    .param("cron", cron)
                    .param("zone", schedule.zone().getId())
                    .param("grace", schedule.grace().toSeconds())
                    .update();
        });
    }
}
