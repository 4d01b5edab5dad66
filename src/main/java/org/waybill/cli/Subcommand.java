package org.waybill.cli;

/**
 * One command of the program, parsed by picocli. To add one, write a class with a picocli {@code @Command} and a public
 * constructor without arguments, and add its name to {@code META-INF/services/org.waybill.cli.Subcommand}; help lists the
 * commands in the order of that file. Commands inside a command implement this too.
 */
public interface Subcommand {

    /**
     * Does what the parsed arguments ask for.
     *
     * @throws CommandFailedException with the exit code and what to tell the person
     * @throws Exception anything else; {@link Failure} says what the person is told
     */
    ExitCode run(Session session) throws Exception;
}
