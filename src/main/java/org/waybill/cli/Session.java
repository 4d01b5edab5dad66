package org.waybill.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.waybill.cli.WaybillCommand.GlobalOptions;

/** What a command works with: the home, where results go, the application behind it, and whether it is asked to stop. */
public final class Session implements AutoCloseable {

    private final GlobalOptions options;
    private final Output output;
    private final StopSignal stopSignal;
    private final Application application;

    Session(GlobalOptions options, Output output, StopSignal stopSignal) {
        this.options = options;
        this.output = output;
        this.stopSignal = stopSignal;
        this.application = new Application(options.home(), options.verbose());
    }

    /** Absolute. */
    public Path home() {
        return options.home();
    }

    /** Whether the person named the home, rather than being in it. */
    public boolean isHomeNamed() {
        return options.namedHome().isPresent();
    }

    /**
     * The same for another home: as if the person had named it.
     *
     * @param home absolute, or relative to the current folder
     */
    public Session inHome(Path home) {
        GlobalOptions there = new GlobalOptions(
                home.toAbsolutePath().normalize(), Optional.of(home.toString()), options.json(), options.verbose());
        return new Session(there, output, stopSignal);
    }

    public Output output() {
        return output;
    }

    public StopSignal stopSignal() {
        return stopSignal;
    }

    /** A bean of the application, which starts now if it has not: with the database, and its migrations. */
    public <T> T bean(Class<T> type) {
        return application.bean(type);
    }

    /** The user of the operating system, for what a person does by hand. */
    public String actor() {
        return System.getProperty("user.name", "unknown");
    }

    /** How the person called the program, with the home if it was named: what a command to be pasted begins with. */
    public String program() {
        String name = System.getProperty("waybill.command", "waybill");
        return options.namedHome().map(home -> name + " --home " + home).orElse(name);
    }

    @Override
    public void close() {
        application.close();
    }
}
