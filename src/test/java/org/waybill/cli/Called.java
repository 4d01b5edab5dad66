package org.waybill.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came of calling the program, within this JVM. */
record Called(ExitCode code, byte[] outBytes, String err) {

    static {
        Application.takeWhatTheBuildFound(); // as the program does
    }

    /** @param arguments options and words, or paths */
    static Called with(Object... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ExitCode code = new Waybill(
                        new PrintStream(out, false, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        return new Called(code, out.toByteArray(), err.toString(StandardCharsets.UTF_8));
    }

    String out() {
        return new String(outBytes, StandardCharsets.UTF_8);
    }

    JsonNode json() {
        return JsonMapper.shared().readTree(outBytes);
    }

    /** A file with a secret, for {@code file:PATH}. */
    static Path secretFile(Path folder, String secret) throws IOException {
        return Files.writeString(folder.resolve("secret-" + secret), secret + "\n");
    }
}
