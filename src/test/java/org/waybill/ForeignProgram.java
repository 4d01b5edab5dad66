package org.waybill;

import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A program of others that a test needs: without it the test is skipped, and says so; in continuous integration it fails. */
public final class ForeignProgram {

    private ForeignProgram() {}

    /** @param debianPackage that has it */
    public static void require(String name, String debianPackage) {
        boolean isThere = Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
        if (!isThere) {
            String message = name + " is missing: apt-get install " + debianPackage;
            if ("true".equals(System.getenv("CI"))) {
                fail(message);
            }
            abort(message);
        }
    }
}
