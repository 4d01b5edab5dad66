package org.waybill.format.crypt4gh.keyfile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;

class KeyFileWriterTest {

    private final Crypt4ghSecretKey key = Crypt4ghSecretKey.generate();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void readsBackALockedKey() throws IOException {
        Path file = folder.resolve("node.sec");

        KeyFileWriter.writeSecret(key, file, "päss€\ud83d\udd11".toCharArray());

        assertThat(KeyFileReader.readSecret(file, "päss€\ud83d\udd11".toCharArray())
                        .copyBytes())
                .isEqualTo(key.copyBytes());
        assertThat(Files.readAllLines(file)).first().isEqualTo("-----BEGIN CRYPT4GH ENCRYPTED PRIVATE KEY-----");
        assertThatThrownBy(() -> KeyFileReader.readSecret(file, "other".toCharArray()))
                .isInstanceOf(KeyFileException.WrongPassphrase.class);
    }

    @Test
    void readsBackAnUnlockedKey() throws IOException {
        Path file = folder.resolve("node.sec");

        KeyFileWriter.writeSecret(key, file, null);

        assertThat(KeyFileReader.readSecret(file, null).copyBytes()).isEqualTo(key.copyBytes());
    }

    @Test
    void readsBackAPublicKey() throws IOException {
        Path file = folder.resolve("node.pub");

        KeyFileWriter.writePublic(key.publicKey(), file);

        assertThat(KeyFileReader.readPublic(file)).isEqualTo(key.publicKey());
        assertThat(Files.readAllLines(file))
                .isEqualTo(List.of(
                        "-----BEGIN CRYPT4GH PUBLIC KEY-----",
                        key.publicKey().toString(),
                        "-----END CRYPT4GH PUBLIC KEY-----"));
    }

    @Test
    void keepsSecretKeysFromOthers() throws IOException {
        Path locked = folder.resolve("locked.sec");
        Path unlocked = folder.resolve("unlocked.sec");

        KeyFileWriter.writeSecret(key, locked, "passphrase".toCharArray());
        KeyFileWriter.writeSecret(key, unlocked, null);

        assertThat(Files.getPosixFilePermissions(locked))
                .isEqualTo(Files.getPosixFilePermissions(unlocked))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void neverTouchesAFileThatExists() throws IOException {
        Path file = Files.writeString(folder.resolve("node.sec"), "precious");

        assertThatThrownBy(() -> KeyFileWriter.writeSecret(key, file, null))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThatThrownBy(() -> KeyFileWriter.writePublic(key.publicKey(), file))
                .isInstanceOf(FileAlreadyExistsException.class);

        assertThat(file).hasContent("precious");
    }

    @Test
    void refusesAnEmptyPassphraseAndWritesNothing() {
        Path file = folder.resolve("node.sec");

        assertThatThrownBy(() -> KeyFileWriter.writeSecret(key, file, new char[0]))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> KeyFileWriter.writeSecret(key, file, new char[] {'\ud83d'}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not text");

        assertThat(file).doesNotExist();
    }

    @Test
    void locksTheSameKeyDifferentlyEachTime() throws IOException {
        KeyFileWriter.writeSecret(key, folder.resolve("a"), "same".toCharArray());
        KeyFileWriter.writeSecret(key, folder.resolve("b"), "same".toCharArray());

        assertThat(Files.readString(folder.resolve("a"))).isNotEqualTo(Files.readString(folder.resolve("b")));
    }
}
