package org.waybill.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.ServiceLoader;
import java.util.ServiceLoader.Provider;
import org.waybill.cli.WaybillCommand.GlobalOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** The program: parses the arguments, runs the command, and turns what came of it into words and an exit code. */
public final class Waybill {

    private final PrintStream out;
    private final PrintStream err;
    private final StopSignal stopSignal = new StopSignal();
    private final WaybillCommand top = new WaybillCommand();

    Waybill(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        Application.takeWhatTheBuildFound();
        Waybill waybill = new Waybill(utf8(System.out), utf8(System.err));
        Runtime.getRuntime().addShutdownHook(new Thread(waybill.stopSignal::shutDown, "stop-signal"));
        ExitCode code = waybill.run(arguments);
        waybill.stopSignal.ended(code);
        System.exit(code.number());
    }

    ExitCode run(String... arguments) {
        try {
            ParseResult parsed = commandLine(List.of(arguments)).parseArgs(arguments);
            if (CommandLine.printHelpIfRequested(parsed)) {
                return ExitCode.DONE;
            }
            return run(innermost(parsed).commandSpec().commandLine());
        } catch (ParameterException e) {
            return refuse(e, List.of(arguments).contains("--json"));
        }
    }

    /** All commands, with what holds for each of them. */
    CommandLine commandLine() {
        return commandLine(List.of());
    }

    /** Of the commands those that are named in the arguments, since making them all takes longer; all if none is. */
    private CommandLine commandLine(List<String> arguments) {
        CommandLine line = new CommandLine(top).setAllowSubcommandsAsOptionParameters(true); // --home demo
        List<Provider<Subcommand>> all =
                ServiceLoader.load(Subcommand.class).stream().toList();
        List<Provider<Subcommand>> named = all.stream()
                .filter(command -> arguments.contains(
                        command.type().getAnnotation(Command.class).name()))
                .toList();
        (named.isEmpty() ? all : named).forEach(command -> line.addSubcommand(command.get()));
        line.registerConverter(Instant.class, new PointInTimeConverter(InstantSource.system()));
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
        line.setUsageHelpAutoWidth(true);
        describeExits(line);
        return line;
    }

    private ExitCode run(CommandLine line) {
        GlobalOptions options = top.options(System.getenv("WAYBILL_HOME"));
        if (!(line.getCommand() instanceof Subcommand command)) {
            throw new ParameterException(line, "name a command");
        }
        Output output = new Output(out, err, options.json());
        try (Session session = new Session(options, output, stopSignal)) {
            stopSignal.closes(session);
            return command.run(session);
        } catch (ParameterException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError e) {
            Failure failure = Failure.of(e);
            output.failure(failure);
            if (options.verbose()) {
                e.printStackTrace(err);
            }
            return failure.code();
        }
    }

    private ExitCode refuse(ParameterException wrong, boolean json) {
        String command = wrong.getCommandLine().getCommandSpec().qualifiedName();
        new Output(out, err, json)
                .failure(new Failure(ExitCode.WRONG_USAGE, wrong.getMessage() + "; see " + command + " --help"));
        return ExitCode.WRONG_USAGE;
    }

    private static ParseResult innermost(ParseResult parsed) {
        return parsed.hasSubcommand() ? innermost(parsed.subcommand()) : parsed;
    }

    private static void describeExits(CommandLine line) {
        line.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(ExitCode.meanings());
        line.getSubcommands().values().forEach(Waybill::describeExits);
    }

    private static PrintStream utf8(PrintStream stream) {
        return new PrintStream(stream, false, StandardCharsets.UTF_8);
    }
}
