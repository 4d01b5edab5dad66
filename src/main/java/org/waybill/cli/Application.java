package org.waybill.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.springframework.aot.AotDetector;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.waybill.ledger.WaybillHome;
import org.waybill.ledger.postgres.DatabaseOpening;

/** The Spring application behind the commands. It starts when a command asks for the first bean, and not before. */
final class Application implements AutoCloseable {

    private static final int HOST_CHARACTERS = 24; // PostgreSQL cuts application names at 63 bytes

    /** What the build writes; it is not there where only classes were compiled. */
    private static final String WRITTEN_DOWN = "Application__ApplicationContextInitializer.class";

    private final DatabaseOpening database;
    private final String[] properties;
    private @Nullable ConfigurableApplicationContext context;

    Application(Path home, boolean verbose) {
        database = new DatabaseOpening(new WaybillHome(home), processName());
        properties = new String[] {
            "--logging.level.root=" + (verbose ? "INFO" : "WARN"),
            "--logging.level.org.springframework.batch=" + (verbose ? "INFO" : "OFF"),
        };
    }

    synchronized <T> T bean(Class<T> type) {
        if (context == null) {
            context = builder().initializers(database).run(properties);
        }
        return context.getBean(type);
    }

    private static SpringApplicationBuilder builder() {
        return new SpringApplicationBuilder(Beans.class)
                .main(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .lazyInitialization(true)
                .registerShutdownHook(false); // StopSignal ends the process in its order
    }

    /** To be said by a process that is ours alone: here and everywhere in it, Spring takes what the build wrote down. */
    static void takeWhatTheBuildFound() {
        if (Application.class.getResource(WRITTEN_DOWN) != null) {
            System.setProperty(AotDetector.AOT_ENABLED, "true");
        }
    }

    /** For the build, which writes down as code what Spring finds, so that no command need look for it again. */
    public static void main(String[] args) {
        builder().run(args);
    }

    @Override
    public synchronized void close() {
        try (database) {
            if (context != null) {
                context.close();
            }
        }
    }

    /** All rooms together. */
    @SpringBootApplication(scanBasePackages = "org.waybill", proxyBeanMethods = false)
    static class Beans {}

    /** By which name the database's lists, and other processes of ours, know this one: the same for no two of them. */
    private static String processName() {
        return "waybill %d at %s %08x".formatted(ProcessHandle.current().pid(), host(), new SecureRandom().nextInt());
    }

    private static String host() {
        try {
            String host = InetAddress.getLocalHost().getHostName().replaceAll("[^A-Za-z0-9.-]", "_");
            return host.substring(0, Math.min(host.length(), HOST_CHARACTERS));
        } catch (UnknownHostException e) {
            return "this-host";
        }
    }
}
