package org.waybill.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program as picocli sees it, with the options that every command has. */
@Command(
        name = "waybill",
        version = "Waybill 0.1.0",
        description = "Receives sensitive research files, proves them intact, re-encrypts, archives and delivers them.",
        synopsisSubcommandLabel = "COMMAND")
final class WaybillCommand {

    @Option(
            names = "--home",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "Folder with jobs/, keys/ and data/. Default: WAYBILL_HOME, or else the current folder.")
    private @Nullable Path home;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print the result as one JSON document, and nothing else, on standard output.")
    private boolean json;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Log more, and print where a fault happened, on standard error.")
    private boolean verbose;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Print this help.")
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Print the version.")
    private boolean version;

    /** The options as they were parsed. @param environmentHome value of WAYBILL_HOME, if it is set */
    GlobalOptions options(@Nullable String environmentHome) {
        Path chosen = home != null ? home : Path.of(environmentHome != null ? environmentHome : "");
        return new GlobalOptions(
                chosen.toAbsolutePath().normalize(), Optional.ofNullable(home).map(Path::toString), json, verbose);
    }

    /**
     * What holds for every command.
     *
     * @param home absolute
     * @param namedHome as it stood on the command line, if it did
     */
    record GlobalOptions(Path home, Optional<String> namedHome, boolean json, boolean verbose) {}
}
