package org.waybill.ledger.postgres;

import com.zaxxer.hikari.HikariDataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The database's pool, for Spring. What Spring stops in its lifecycle, such as running jobs, ends before the pool closes;
 * the pool closes before the embedded server is left.
 */
@Configuration(proxyBeanMethods = false)
public class DatabaseConfiguration {

    @Bean(destroyMethod = "close")
    HikariDataSource dataSource(Database database) {
        return database.newPool();
    }
}
