package org.waybill.cli.run.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.run.RouteRun;
import org.waybill.cli.run.progress.ProgressDisplay;
import org.waybill.format.DataFormat;
import org.waybill.ledger.Selection;
import org.waybill.report.Period;
import org.waybill.report.Quantity;
import org.waybill.report.Reports;
import org.waybill.report.TextReport;
import org.waybill.route.RouteFiles;
import org.waybill.run.Stage;
import org.waybill.run.pulse.Progress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Shows the whole way on data that nobody has. */
@Command(
        name = "demo",
        description = {
            "Makes an encrypted dataset with its manifest, runs the whole route on it, and prints the report and the speed.",
            "Works in demo/ under the current folder, or in the --home that is named, and never in real data."
        })
public final class DemoCommand implements Subcommand {

    private static final String DATABASE = "WAYBILL_DATABASE_URL";

    @Option(names = "--files", paramLabel = "N", defaultValue = "12", description = "How many files. Default: 12.")
    private int files;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "1MiB",
            converter = ByteSize.Converter.class,
            description = "How large each is: 5MB, 64KiB or a number of bytes. Default: 1MiB.")
    private ByteSize size = new ByteSize(0);

    @Option(
            names = "--from",
            paramLabel = "FORMAT",
            defaultValue = "crypt4gh",
            converter = Envelope.Mix.Converter.class,
            description = "How they arrive: crypt4gh, ega-aes (or cip), openpgp, plain, or mixed, which is crypt4gh and"
                    + " ega-aes in turn. Default: crypt4gh.")
    private Envelope.Mix mix = new Envelope.Mix(List.of(DataFormat.CRYPT4GH));

    @Option(names = "--prepare", description = "Make the dataset, and leave running the route to you.")
    private boolean prepare;

    @Option(
            names = "--into-named-database",
            description = "Use the database that " + DATABASE + " names, which gets the demo's files for good.")
    private boolean intoNamedDatabase;

    /** What is printed as JSON when the route is not run. Its shape is an interface. */
    record Prepared(String home, String route, String dataset, int files, long bytes, String next) {}

    @Override
    public ExitCode run(Session session) throws Exception {
        if (files < 1) {
            throw new CommandFailedException(ExitCode.WRONG_USAGE, "--files is at least 1, not " + files);
        }
        if (!prepare && !intoNamedDatabase && System.getenv(DATABASE) != null) {
            throw new CommandFailedException(
                    ExitCode.CONFIGURATION,
                    DATABASE + " names a database that may hold real data; unset it, and the demo has one of its own,"
                            + " or say --into-named-database");
        }
        if (session.isHomeNamed()) {
            return runThere(session);
        }
        try (Session inDemo = session.inHome(Path.of("demo"))) {
            return runThere(inDemo);
        }
    }

    private ExitCode runThere(Session session) throws Exception {
        Files.createDirectories(session.home());
        DemoDataset dataset = makeDataset(session);
        if (prepare) {
            tellNext(dataset, session);
            return ExitCode.DONE;
        }
        Instant begin = Instant.now();
        RouteRun run = new RouteRun(
                new RouteFiles(session.home()).named(DemoHome.ROUTE_NAME), Stage.way(), Selection.ALL, session);
        ExitCode code = run.run();
        if (!session.output().isJson()) {
            session.output().partOfResult(Rates.text(run.results()));
            session.output()
                    .partOfResult("\n"
                            + TextReport.of(
                                    session.bean(Reports.class)
                                            .of(Period.upTo(Instant.now(), begin), session.program()),
                                    session.program()));
        }
        return code;
    }

    private DemoDataset makeDataset(Session session) throws Exception {
        DemoHome home = DemoHome.prepare(session.home(), mix);
        DemoDataset dataset = DemoDataset.next(home, InstantSource.system(), files, size, mix);
        FreeSpace.require(home.path(), dataset);
        long begin = System.nanoTime();
        Progress progress = new Progress();
        Thread worker = Thread.currentThread();
        ProgressDisplay display = ProgressDisplay.of(progress, session.output());
        try {
            session.stopSignal().whileStoppable(worker::interrupt, () -> {
                dataset.make(home, progress);
                return dataset;
            });
        } catch (InterruptedException | IOException e) {
            if (session.stopSignal().isAsked()) {
                throw new CommandFailedException(ExitCode.STOPPED, "stopped on request; the dataset was removed");
            }
            throw e;
        } finally {
            display.close();
        }
        session.output()
                .note(dataset.id() + ": " + Quantity.count(files, "file") + ", " + Quantity.bytes(dataset.bytes())
                        + ", made in " + Quantity.duration(Duration.ofNanos(System.nanoTime() - begin)));
        return dataset;
    }

    private static void tellNext(DemoDataset dataset, Session session) {
        String next = session.program() + " run " + DemoHome.ROUTE_NAME;
        session.output()
                .result(
                        new Prepared(
                                session.home().toString(),
                                DemoHome.ROUTE_NAME,
                                dataset.id(),
                                dataset.files(),
                                dataset.bytes(),
                                next),
                        () -> "Now run it: " + next);
    }
}
