package org.waybill.ledger.postgres;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.waybill.ledger.WaybillHome;

/**
 * Opens the database while Spring starts, which takes about as long, and gives it and the home to Spring as beans. To be
 * closed after Spring's context, even if that did not start.
 */
public final class DatabaseOpening implements ApplicationContextInitializer<GenericApplicationContext>, AutoCloseable {

    private final WaybillHome home;
    private final String applicationName;
    private @Nullable CompletableFuture<Database> opening;

    /** @param applicationName by which the server's own lists show our connections; at most 63 bytes */
    public DatabaseOpening(WaybillHome home, String applicationName) {
        this.home = home;
        this.applicationName = applicationName;
    }

    /** Begins. Who asks the context for the database waits for it, and is told if it cannot be opened. */
    @Override
    public void initialize(GenericApplicationContext context) {
        CompletableFuture<Database> begun =
                CompletableFuture.supplyAsync(this::open, work -> new Thread(work, "database").start());
        opening = begun;
        context.registerBean(WaybillHome.class, () -> home);
        context.registerBean(Database.class, begun::join);
    }

    private Database open() {
        return Database.open(
                home, System.getenv(), applicationName, LoggerFactory.getLogger(DatabaseOpening.class)::info);
    }

    @Override
    public void close() {
        if (opening == null) {
            return;
        }
        Database database;
        try {
            database = opening.join();
        } catch (CompletionException e) {
            return; // told to whoever asked for it
        }
        database.close();
    }
}
