package org.waybill.cli.files;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.run.failure.Decisions;
import org.waybill.run.failure.Decisions.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What a person can decide about files in quarantine, beside readmitting them. */
final class DecisionCommands {

    private DecisionCommands() {}

    /** A file about which a person decided. As JSON its shape is an interface. */
    record Decided(long id, String state) {}

    /** Which files, and why. */
    static final class Options {

        @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids, paths or names of files.")
        private List<String> idsOrNames = new ArrayList<>();

        @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "Why; kept with who said so.")
        private String reason = "";

        private ExitCode decide(Session session, String state, @Nullable Instant until, Decision decision) {
            List<Long> ids = idsOrNames.stream()
                    .map(name -> NamedFile.find(name, session))
                    .toList();
            for (long id : ids) {
                if (!decision.on(id, new Verdict(reason, session.actor(), until))) {
                    throw new CommandFailedException(
                            ExitCode.FAILED, "file " + id + " is not in quarantine; about it nothing was recorded");
                }
            }
            session.output()
                    .result(ids.stream().map(id -> new Decided(id, state)).toList(), () -> ids.stream()
                            .map(id -> "file " + id + ": " + state.toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining("\n")));
            return ExitCode.DONE;
        }
    }

    /** Records a decision. */
    private interface Decision {
        boolean on(long fileId, Verdict verdict);
    }

    @Command(
            name = "acknowledge",
            description = "Says that quarantined files are known and need nobody for now. They stay in quarantine.")
    static final class Acknowledge implements Subcommand {

        @Mixin
        private Options options = new Options();

        @Option(
                names = "--until",
                paramLabel = "WHEN",
                description = "When they need a person again: +7d, 2026-07-01. Default: never.")
        private @Nullable Instant until;

        @Override
        public ExitCode run(Session session) {
            return options.decide(session, "ACKNOWLEDGED", until, session.bean(Decisions.class)::acknowledgeFile);
        }
    }

    @Command(
            name = "abandon",
            description =
                    "Gives quarantined files up: they stay in quarantine and need nobody. They can be readmitted still.")
    static final class Abandon implements Subcommand {

        @Mixin
        private Options options = new Options();

        @Override
        public ExitCode run(Session session) {
            return options.decide(session, "ABANDONED", null, session.bean(Decisions.class)::abandonFile);
        }
    }
}
