package org.waybill.route.check;

import java.nio.file.Files;
import java.nio.file.Path;
import org.waybill.route.Route;

/** Looks at the program that a route has contents judged by. */
final class ProgramCheck {

    private static final String KEY = "processing.checks.command.run";

    private final Findings findings;

    ProgramCheck(Findings findings) {
        this.findings = findings;
    }

    void check(Route route) {
        route.processing().checkProgram().ifPresent(this::program);
    }

    private void program(Path program) {
        if (!Files.exists(program)) {
            findings.note(KEY, program + " does not exist", "install it, or correct the path");
        } else if (!Files.isRegularFile(program)) {
            findings.note(KEY, program + " is not a program", "correct the path");
        } else if (!Files.isExecutable(program)) {
            findings.note(KEY, program + " cannot be run (" + Mode.of(program) + ")", "chmod 755 " + program);
        }
    }
}
