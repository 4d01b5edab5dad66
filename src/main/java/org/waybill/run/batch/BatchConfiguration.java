package org.waybill.run.batch;

import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.batch.core.repository.ExecutionContextSerializer;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Isolation;

/** Spring Batch on our database. Our own class instead of Spring Boot's, so that it outlives Boot's versions. */
@Configuration(proxyBeanMethods = false)
public class BatchConfiguration extends JdbcDefaultBatchConfiguration {

    /** The clock of this machine: everything that is timed asks it, and nothing else. */
    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    /** The other half of the clock: who waits for it to go on, waits here. */
    @Bean
    Pause pause() {
        return time -> TimeUnit.NANOSECONDS.sleep(time.toNanos());
    }

    /** What tells whether somebody has set the clock. */
    @Bean
    Uptime uptime() {
        return new LinuxUptime();
    }

    /** SERIALIZABLE, the default, makes concurrent launches fail; what it should protect, our ownership lock does. */
    @Override
    protected Isolation getIsolationLevelForCreate() {
        return Isolation.READ_COMMITTED;
    }

    /** Readable JSON instead of serialized Java objects. */
    @Override
    protected ExecutionContextSerializer getExecutionContextSerializer() {
        return new JacksonExecutionContextStringSerializer();
    }
}
