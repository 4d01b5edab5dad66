package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** What can be said without a database: help, and what is wrong about arguments and routes. */
class CommandLineTest {

    @Test
    void helpListsTheCommandsInTheOrderOfTheirFile() {
        Called help = Called.with("--help");

        assertThat(help.code()).isEqualTo(ExitCode.DONE);
        assertThat(help.out())
                .containsSubsequence("  run ", "  runs ", "  files ", "  datasets ", "  report ", "  check ");
        assertThat(help.err()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("allCommands")
    void everyCommandHasHelpWithAllExitCodes(List<String> command) {
        Called help =
                Called.with(Stream.concat(command.stream(), Stream.of("--help")).toArray());

        assertThat(help.code()).isEqualTo(ExitCode.DONE);
        assertThat(help.out()).startsWith("Usage: waybill " + String.join(" ", command));
        for (ExitCode code : ExitCode.values()) {
            assertThat(help.out()).contains("  " + code.number() + "   " + code.meaning());
        }
    }

    @ParameterizedTest
    @MethodSource("allCommands")
    void everyCommandTakesTheGlobalOptions(List<String> command) {
        Called help =
                Called.with(Stream.concat(command.stream(), Stream.of("--help")).toArray());

        assertThat(help.out()).contains("--home=DIR", "--json", "--verbose");
    }

    static Stream<List<String>> allCommands() {
        return subcommands(new Waybill(System.out, System.err).commandLine(), List.of());
    }

    private static Stream<List<String>> subcommands(CommandLine line, List<String> path) {
        return line.getSubcommands().values().stream().flatMap(sub -> {
            List<String> name = Stream.concat(path.stream(), Stream.of(sub.getCommandName()))
                    .toList();
            return Stream.concat(Stream.of(name), subcommands(sub, name));
        });
    }

    @Test
    void versionIsTold() {
        assertThat(Called.with("--version").out()).startsWith("Waybill ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    nonsense                             | nonsense
                    run                                  | ROUTE
                    run ega.nowhere                      | is not a stage; they are intake, transfer, processing, archive
                    run ega --unknown                    | --unknown
                    runs --since yesterday               | is no point in time
                    runs --status gone                   | gone
                    runs show x                          | x
                    files --state gone                   | is not a state; they are EXPECTED
                    files show                           | NAME
                    files readmit 1                      | --reason
                    files set-state 1 ARRIVED            | --reason
                    files set-state 1 GONE --reason text | GONE
                    datasets show                        | ID
                    report --format pdf                  | pdf
                    report --night 2026-07-01 --since 1d | exclude each other
                    report --night 2026-07-01 --zone CEO | is not a time zone
                    report --night yesterday             | yesterday
                    report --zone UTC                    | --night
                    """)
    void wrongUsageIsToldInOneLine(String arguments, String about) {
        Called called = Called.with((Object[]) arguments.split(" "));

        assertThat(called.code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).contains(about.strip()).contains("--help").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    run ega.rewrap                   | --from SEC
                    run ega.rewrap --plan            | --from SEC
                    run ega --from old.sec           | belong to ROUTE.rewrap
                    run ega.archive --from old.sec   | belong to ROUTE.rewrap
                    run ega --from-passphrase env:P  | belong to ROUTE.rewrap
                    """)
    void oldKeyBelongsToRewrap(String arguments, String about) {
        Called called = Called.with((Object[]) arguments.split(" "));

        assertThat(called.code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(called.out()).isEmpty();
        assertThat(called.err()).contains(about.strip());
    }

    @Test
    void noCommandIsWrongUsage() {
        assertThat(Called.with().code()).isEqualTo(ExitCode.WRONG_USAGE);
    }

    @Test
    void wrongUsageIsOneDocumentIfJsonIsWanted() {
        Called called = Called.with("files", "--json", "--state", "gone");

        assertThat(called.code()).isEqualTo(ExitCode.WRONG_USAGE);
        assertThat(called.json().at("/error/code").asInt()).isEqualTo(2);
        assertThat(called.json().at("/error/message").asString()).contains("'gone' is not a state");
    }

    @Test
    void aRouteThatIsNotThereCostsNoDatabase(@TempDir Path home) {
        Called called = Called.with("--home", home, "run", "ega", "--json");

        assertThat(called.code()).isEqualTo(ExitCode.CONFIGURATION);
        assertThat(called.json().at("/error/code").asInt()).isEqualTo(5);
        assertThat(called.err()).contains("is not a folder in " + home);
        assertThat(home).isEmptyDirectory();
    }
}
