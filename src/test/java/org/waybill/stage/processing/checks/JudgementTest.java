package org.waybill.stage.processing.checks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Reason;
import org.waybill.route.checks.CheckCommand;

/** Programs that accept, refuse, read nothing, print without end, or never stop. */
class JudgementTest {

    private static final Duration PATIENT = Duration.ofMinutes(5);

    /** More than a pipe holds. */
    private static final byte[] LARGE = new byte[3_000_000];

    @TempDir
    private Path folder;

    @Test
    void getsTheContentOnStandardInputAndItsArguments() throws Exception {
        assertThat(judged(
                        "[ \"$1\" = 'two words' ] && [ \"$(cat)\" = Befund ]",
                        PATIENT,
                        "Befund".getBytes(UTF_8),
                        "two words"))
                .isZero();
        assertThat(exitOf("exec 2>&1; [ \"$(wc -c)\" -eq 3000000 ] || exit 9", PATIENT))
                .isEmpty();
    }

    @Test
    void everyOtherExitCodeRefuses() {
        assertThat(exitOf("exit 3", PATIENT)).isEqualTo("expected exit code 0 of the command, found 3");
        assertThat(exitOf("kill -9 $$", PATIENT)).isEqualTo("expected exit code 0 of the command, found 137");
    }

    @Test
    void whoReadsNothingOrPrintsMuchHoldsUpNobody() {
        assertThat(exitOf("exit 0", PATIENT)).isEmpty();
        assertThat(exitOf("exec <&-; head -c 20000000 /dev/zero; head -c 20000000 /dev/zero >&2", PATIENT))
                .isEmpty();
    }

    @Test
    @Timeout(60)
    void whoTakesTooLongIsEndedWithItsChildren() throws Exception {
        Path child = folder.resolve("child");
        String refusal = exitOf("sleep 1000 & echo $! > " + child + "; wait", Duration.ofSeconds(2));
        assertThat(refusal).isEqualTo("expected an answer of the command within 2000 ms, found none");
        Path status = Path.of("/proc", Files.readString(child).strip(), "status");
        while (isAlive(status)) {
            Thread.sleep(10); // it is told to end, and does so when it likes
        }
    }

    @Test
    void hasNothingInItsEnvironmentButAPath() throws Exception {
        Path seen = folder.resolve("seen");
        exitOf("/usr/bin/env > " + seen, PATIENT);
        assertThat(Files.readAllLines(seen).stream().map(line -> line.replaceFirst("=.*", "")))
                .contains("PATH")
                .isSubsetOf("PATH", "PWD", "SHLVL", "_", "OLDPWD"); // the others are the shell's own
    }

    @Test
    void whoAsksForTheEndMeanwhileGetsIt() throws Exception {
        Judgement judgement = judgement("sleep 1000", PATIENT);
        assertThatThrownBy(() -> judgement.of(LARGE, () -> {
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");
    }

    @Test
    void programThatCannotBeStartedIsNoFaultOfTheFile() {
        Judgement gone = new Judgement(new CheckCommand(folder.resolve("gone"), List.of(), PATIENT));
        assertThatThrownBy(() -> gone.of(LARGE, () -> {})).isInstanceOf(IOException.class);
    }

    /** Who is dead, and not buried yet, is not. */
    private static boolean isAlive(Path status) {
        try {
            return !Files.readString(status).contains("State:\tZ");
        } catch (IOException e) {
            return false;
        }
    }

    private String exitOf(String script, Duration limit) {
        FileRejectedException refused =
                catchThrowableOfType(FileRejectedException.class, () -> judged(script, limit, LARGE));
        if (refused == null) {
            return "";
        }
        assertThat(refused.reason()).isEqualTo(Reason.CHECK_FAILED);
        return refused.detail();
    }

    private int judged(String script, Duration limit, byte[] content, String... arguments) throws Exception {
        return judgement(script, limit, arguments).of(content, () -> {});
    }

    private Judgement judgement(String script, Duration limit, String... arguments) throws IOException {
        Path program = folder.resolve("program");
        Files.deleteIfExists(program);
        Files.writeString(program, script + "\n");
        List<String> words = new java.util.ArrayList<>(List.of(program.toString()));
        words.addAll(List.of(arguments));
        return new Judgement(new CheckCommand(Path.of("/bin/sh"), words, limit));
    }
}
