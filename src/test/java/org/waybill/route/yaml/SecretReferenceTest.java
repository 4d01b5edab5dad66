package org.waybill.route.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretReferenceTest {

    private static final Map<String, String> ENVIRONMENT = Map.of("PASSPHRASE", "hunter2", "EMPTY", "");

    @TempDir
    private Path folder;

    @Test
    void readsReferences() {
        assertThat(SecretReference.parse("env:_NAME_2", folder)).hasValue(new SecretReference.Environment("_NAME_2"));
        assertThat(SecretReference.parse("file:secrets/../ega", folder))
                .hasValue(new SecretReference.InFile(folder.resolve("ega")));
        assertThat(SecretReference.parse("file:/run/secrets/ega", folder))
                .hasValue(new SecretReference.InFile(Path.of("/run/secrets/ega")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2", "", "env:", "env:2", "env:A-B", "env:A B", "ENV:A", "file:", "file: ", "file:\0", " env:A"
            })
    void refusesWhatIsNoReference(String text) {
        assertThat(SecretReference.parse(text, folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"env:NAME", "file:/run/secrets/ega"})
    void isWrittenAsItIsRead(String text) {
        assertThat(SecretReference.parse(text, folder).orElseThrow()).hasToString(text);
    }

    @Test
    void looksIntoTheEnvironment() throws IOException {
        assertThat(resolve("env:PASSPHRASE")).isEqualTo("hunter2");
        assertThatThrownBy(() -> resolve("env:MISSING"))
                .isInstanceOf(IOException.class)
                .hasMessage("env:MISSING: the environment variable is not set");
        assertThatThrownBy(() -> resolve("env:EMPTY"))
                .isInstanceOf(IOException.class)
                .hasMessage("env:EMPTY: the environment variable is empty");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\r\n", "\r", "\nsecond line\n"})
    void takesTheFirstLineOfAFile(String lineEnd) throws IOException {
        Files.writeString(folder.resolve("secret"), " pass phräse 𝄞 " + lineEnd);

        assertThat(resolve("file:secret")).isEqualTo(" pass phräse 𝄞 ");
    }

    @Test
    void takesLinesUpToItsLimit() throws IOException {
        String longest = "x".repeat(4095);
        Files.writeString(folder.resolve("secret"), longest);
        assertThat(resolve("file:secret")).isEqualTo(longest);

        Files.writeString(folder.resolve("secret"), longest + "\n" + longest);
        assertThat(resolve("file:secret")).isEqualTo(longest);

        Files.writeString(folder.resolve("secret"), longest + "y");
        assertThatThrownBy(() -> resolve("file:secret"))
                .isInstanceOf(IOException.class)
                .hasMessage("file:" + folder + "/secret: the first line is longer than 4095 bytes");
    }

    @Test
    void failsWithoutTellingWhatIsInTheFile() throws IOException {
        Files.write(folder.resolve("latin"), "gehört".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("cut"), new byte[] {'a', (byte) 0xC3});
        Files.writeString(folder.resolve("empty"), "\nhunter2");

        assertThatThrownBy(() -> resolve("file:latin"))
                .isInstanceOf(IOException.class)
                .hasMessage("file:" + folder + "/latin: is not UTF-8");
        assertThatThrownBy(() -> resolve("file:cut"))
                .isInstanceOf(IOException.class)
                .hasMessage("file:" + folder + "/cut: is not UTF-8");
        assertThatThrownBy(() -> resolve("file:empty"))
                .isInstanceOf(IOException.class)
                .hasMessage("file:" + folder + "/empty: the first line is empty");
        assertThatThrownBy(() -> resolve("file:missing"))
                .isInstanceOf(IOException.class)
                .hasMessage("file:" + folder + "/missing: there is no such file");
        assertThatThrownBy(() -> resolve("file:.")).isInstanceOf(IOException.class);
    }

    private String resolve(String reference) throws IOException {
        return new String(SecretReference.parse(reference, folder).orElseThrow().resolve(ENVIRONMENT::get));
    }
}
