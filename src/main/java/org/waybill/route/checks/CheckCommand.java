package org.waybill.route.checks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.YamlSection;

/**
 * A program that judges contents: it gets them on standard input, and exit code 0 accepts. No shell is between.
 *
 * @param program absolute
 * @param arguments what follows it, word by word
 * @param timeLimit how long it may take for one file; without one in the route 60 seconds
 */
public record CheckCommand(Path program, List<String> arguments, Duration timeLimit) {

    private static final Duration DEFAULT_TIME_LIMIT = Duration.ofSeconds(60);
    private static final String WRITE_A_PROGRAM =
            "write the program and its arguments, such as [/usr/local/bin/check, --strict]";

    public CheckCommand {
        arguments = List.copyOf(arguments);
        if (timeLimit.isNegative() || timeLimit.isZero()) {
            throw new IllegalArgumentException("a program needs time");
        }
    }

    /** The program and its arguments. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of(program.toString()));
        words.addAll(arguments);
        return words;
    }

    static Optional<CheckCommand> from(YamlSection command, Path home) {
        List<String> words = command.requiredWords("run", text -> text, WRITE_A_PROGRAM);
        Optional<Path> program = words.stream().findFirst().flatMap(first -> program(first, command, home));
        Duration timeLimit =
                command.value("time-limit", CheckCommand::timeLimit).orElse(DEFAULT_TIME_LIMIT);
        return program.map(path -> new CheckCommand(path, words.subList(1, words.size()), timeLimit));
    }

    private static Optional<Path> program(String word, YamlSection command, Path home) {
        try {
            if (!word.contains("/")) {
                throw new RouteValues.Unusable(
                        RouteProblem.quoted(word) + " is not a path, and no shell looks for it",
                        "write the whole path of the program");
            }
            return Optional.of(RouteValues.pathIn(home).read(word));
        } catch (RouteValues.Unusable unusable) {
            command.refuse("run", unusable.wrong(), unusable.cure());
            return Optional.empty();
        }
    }

    private static Duration timeLimit(String text) throws RouteValues.Unusable {
        Duration limit = RouteValues.duration(text);
        if (limit.isZero()) {
            throw new RouteValues.Unusable(RouteProblem.quoted(text) + " is no time at all", "write 30s or 5m");
        }
        return limit;
    }
}
