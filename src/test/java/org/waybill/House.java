package org.waybill;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.batch.core.scope.StepScope;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.waybill.ledger.Selection;
import org.waybill.ledger.WaybillHome;
import org.waybill.ledger.postgres.Database;
import org.waybill.ledger.postgres.DatabaseConfiguration;
import org.waybill.route.RouteFiles;
import org.waybill.run.Order;
import org.waybill.run.Restarts;
import org.waybill.run.Runner;
import org.waybill.run.Stage;
import org.waybill.run.StageResult;
import org.waybill.run.batch.Pause;
import org.waybill.run.batch.Uptime;
import org.waybill.run.pulse.Progress;

/**
 * A whole Waybill in this JVM, with a home and a database of its own, for tests. All houses of a JVM share one embedded
 * server; each gets a new database. Its clock only moves when it is told to.
 */
public final class House implements AutoCloseable {

    static {
        takeWhatTheBuildFound(); // as the program does; a house is made in half the time
    }

    private static final AtomicInteger NUMBER = new AtomicInteger();

    /** The home of the server; one for each process of the tests, as some of them crash theirs. */
    public static final Path SERVER_HOME =
            Path.of("target", System.getProperty("waybill.house", "house")).toAbsolutePath();

    private static @Nullable String empty;

    private final Path home;
    private final Map<String, String> environment;
    private final ConfigurableApplicationContext context;
    private static final Instant MACHINE_STARTED = Instant.parse("2026-01-01T00:00:00Z");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.now());
    private Duration set = Duration.ZERO;
    private final AtomicReference<Runnable> whileWaiting = new AtomicReference<>(() -> {});

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @ComponentScan(
            basePackages = "org.waybill",
            excludeFilters = {
                @ComponentScan.Filter(type = FilterType.REGEX, pattern = "org\\.waybill\\.cli\\..*"),
                @ComponentScan.Filter(type = FilterType.REGEX, pattern = "org\\.waybill\\..*(Test|IT|House).*"),
                @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = DatabaseConfiguration.class)
            })
    static class Rooms {}

    private House(Path home, Map<String, String> environment, UnaryOperator<DataSource> around) {
        this.home = home;
        this.environment = environment;
        ApplicationContextInitializer<GenericApplicationContext> beans = fresh -> {
            fresh.registerBean(WaybillHome.class, () -> new WaybillHome(home));
            fresh.registerBean(
                    Database.class,
                    () -> Database.open(
                            new WaybillHome(home),
                            environment,
                            "waybill-test-" + ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet(),
                            text -> {}));
            fresh.registerBean(
                    "dataSource",
                    DataSource.class,
                    () -> around.apply(fresh.getBean(Database.class).newPool()));
            fresh.registerBean(
                    "testClock", InstantSource.class, () -> now::get, definition -> definition.setPrimary(true));
            fresh.registerBean(
                    "testUptime", Uptime.class, () -> this::uptime, definition -> definition.setPrimary(true));
            fresh.registerBean("testPause", Pause.class, () -> this::pause, definition -> definition.setPrimary(true));
        };
        this.context = new SpringApplicationBuilder(Rooms.class)
                .main(AotDetector.useGeneratedArtifacts() ? written() : Rooms.class)
                .web(WebApplicationType.NONE)
                .initializers(beans)
                .properties("spring.batch.job.enabled=false", "spring.main.banner-mode=off", "logging.level.root=WARN")
                .run();
        // that of Spring Batch is one for the process, and what one house waits for in it would hold up all others
        context.getBeanFactory().registerScope("step", new StepScope());
    }

    /** Has this whole JVM take what the build wrote down, where it did, in place of looking for beans: it starts faster. */
    public static void takeWhatTheBuildFound() {
        if (House.class.getResource("cli/Application__ApplicationContextInitializer.class") != null) {
            System.setProperty(AotDetector.AOT_ENABLED, "true");
        }
    }

    private static Class<?> written() {
        try {
            return Class.forName("org.waybill.cli.Application");
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A house in that home, with a new database, whose tables are made and empty. */
    public static House in(Path home) {
        Database server = Database.open(new WaybillHome(SERVER_HOME), Map.of(), "waybill-houses", text -> {});
        return new House(home, newDatabase(server, empty(server)), UnaryOperator.identity());
    }

    /** The database that the others are copies of: the migrations take longer than a copy. */
    private static synchronized String empty(Database server) {
        String made = empty;
        if (made == null) {
            Map<String, String> environment = newDatabase(server, "template1");
            Database.open(new WaybillHome(SERVER_HOME), environment, "waybill-empty", text -> {})
                    .close();
            String url = environment.getOrDefault("WAYBILL_DATABASE_URL", "");
            made = url.substring(url.lastIndexOf('/') + 1);
            empty = made;
        }
        return made;
    }

    private static Map<String, String> newDatabase(Database server, String template) {
        String name = "house_" + ProcessHandle.current().pid() + "_" + NUMBER.incrementAndGet();
        try (var connection = server.openConnection();
                var statement = connection.createStatement()) {
            statement.execute("create database " + name + " template " + template);
            String url = connection.getMetaData().getURL().replaceFirst("/[^/?]*(\\?.*)?$", "/" + name);
            String password = Files.readString(SERVER_HOME.resolve("data/postgres/password"))
                    .strip();
            return Map.of(
                    "WAYBILL_DATABASE_URL",
                    url,
                    "WAYBILL_DATABASE_USERNAME",
                    connection.getMetaData().getUserName(),
                    "WAYBILL_DATABASE_PASSWORD",
                    password);
        } catch (java.sql.SQLException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A house in that home, on a database that another house has made: its {@link #environment}. */
    public static House in(Path home, Map<String, String> environment) {
        return in(home, environment, UnaryOperator.identity());
    }

    /** The same, where something stands between the house and its pool of connections. */
    public static House in(Path home, Map<String, String> environment, UnaryOperator<DataSource> around) {
        return new House(home, environment, around);
    }

    /** What a process must have in its environment to use the same database. */
    public Map<String, String> environment() {
        return environment;
    }

    public Path home() {
        return home;
    }

    /** Lets time pass. */
    public void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    /** Sets the clock, which takes no time. */
    public void setClock(Duration ahead) {
        now.updateAndGet(instant -> instant.plus(ahead));
        set = set.plus(ahead);
    }

    /** What happens outside, each time a run has waited for a moment; waiting itself takes no time but the house's. */
    public void whileWaiting(Runnable event) {
        whileWaiting.set(event);
    }

    private Optional<Uptime.Reading> uptime() {
        return Optional.of(new Uptime.Reading(
                "boot", Duration.between(MACHINE_STARTED, now.get().minus(set))));
    }

    private void pause(Duration time) {
        pass(time);
        whileWaiting.get().run();
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /**
     * Whether a session of its database waits for a lock; within a transaction, too, where PostgreSQL would go on saying what it
     * said first.
     */
    public boolean someoneWaits() {
        jdbc().sql("select pg_stat_clear_snapshot()").query().listOfRows();
        return jdbc().sql("""
                        select exists (select from pg_stat_activity
                                       where datname = current_database() and wait_event_type = 'Lock')
                        """).query(Boolean.class).single();
    }

    public StageResult run(String route, Stage stage) {
        return run(route, stage, Selection.ALL);
    }

    public StageResult run(String route, Stage stage, Selection selection) {
        return run(route, stage, selection, new AutoCloseable[0]);
    }

    /** The same with what only its caller has. */
    public StageResult run(String route, Stage stage, Selection selection, AutoCloseable... brought) {
        return bean(Runner.class)
                .run(new Order(new RouteFiles(home).named(route), stage, selection), new Progress(), brought);
    }

    /** Sets the clock to that of other processes, if it is behind it. */
    public void catchUp() {
        Instant real = Instant.now();
        now.updateAndGet(instant -> instant.isBefore(real) ? real : instant);
    }

    /** Restarts the newest run, as an operator does, a minute later; empty: there is none, or it needs no restart. */
    public Optional<StageResult> restartNewest() {
        return jdbc().sql("select max(run_id) from run")
                .query(Long.class)
                .optional()
                .flatMap(bean(Restarts.class)::of)
                .filter(task -> task.refusal() == null)
                .map(task -> {
                    pass(Duration.ofMinutes(1)); // what happened before it began is not what happens beside it
                    Order order = new Order(new RouteFiles(home).named(task.route()), task.stage(), task.selection());
                    return bean(Runner.class).restart(order, task, new Progress());
                });
    }

    /** Runs all stages of a route, in their order. */
    public List<StageResult> runAll(String route) {
        return Stage.way().stream().map(stage -> run(route, stage)).toList();
    }

    @Override
    public void close() {
        context.close();
    }
}
