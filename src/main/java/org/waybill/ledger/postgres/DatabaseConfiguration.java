package org.waybill.ledger.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.waybill.ledger.WaybillHome;

/**
 * The home, the database and its pool, for Spring. What Spring stops in its lifecycle, such as running jobs, ends before
 * the pool closes; the pool closes before the embedded server is left.
 */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    @Bean
    WaybillHome waybillHome(@Value("${waybill.home}") String home) {
        return new WaybillHome(Path.of(home));
    }

    /** @param process by which the server's lists and other processes of ours know this one */
    @Bean(destroyMethod = "close")
    Database database(WaybillHome home, @Value("${waybill.process}") String process) {
        return Database.open(
                home, System.getenv(), process, LoggerFactory.getLogger(DatabaseConfiguration.class)::info);
    }

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Database database) {
        return database.newPool();
    }
}
