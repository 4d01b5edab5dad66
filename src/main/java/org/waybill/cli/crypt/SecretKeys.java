package org.waybill.cli.crypt;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.route.SecretReference;
import picocli.CommandLine.Option;

/** The options that name secret keys, of the commands that open Crypt4GH files. */
final class SecretKeys {

    @Option(
            names = "--key",
            paramLabel = "SEC",
            description = "A secret key that opens a Crypt4GH file. Repeat it to have several tried.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--passphrase",
            paramLabel = "REF",
            converter = Secrets.Converter.class,
            description = "Unlocks the keys: env:NAME or file:PATH, where the passphrase is.")
    private @Nullable SecretReference passphrase;

    /** What is done with the keys. */
    @FunctionalInterface
    interface Opening<T> {
        T with(List<Crypt4ghSecretKey> keys) throws IOException;
    }

    boolean areNamed() {
        return !files.isEmpty();
    }

    /**
     * Reads the keys, uses them, destroys them.
     *
     * @throws CommandFailedException if there are none, or they cannot be used
     */
    <T> T open(Opening<T> opening) throws IOException {
        if (files.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE, "a Crypt4GH file is opened by a secret key; name it with --key SEC");
        }
        char[] secret = passphrase == null ? null : Secrets.resolve(passphrase);
        List<Crypt4ghSecretKey> keys = new ArrayList<>();
        try {
            for (Path file : files) {
                keys.add(read(file, secret));
            }
            return opening.with(keys);
        } finally {
            keys.forEach(Crypt4ghSecretKey::close);
            if (secret != null) {
                Arrays.fill(secret, '\0');
            }
        }
    }

    /** The public key of a file. @throws CommandFailedException if it holds none */
    static Crypt4ghPublicKey readPublic(Path file) throws IOException {
        try {
            return KeyFileReader.readPublic(file);
        } catch (KeyFileException | NoSuchFileException e) {
            throw failure(file, e);
        }
    }

    private static Crypt4ghSecretKey read(Path file, char @Nullable [] passphrase) throws IOException {
        try {
            return KeyFileReader.readSecret(file, passphrase);
        } catch (KeyFileException.PassphraseNeeded e) {
            throw new CommandFailedException(
                    ExitCode.FAILED, e.getMessage() + " with --passphrase env:NAME or file:PATH");
        } catch (KeyFileException | NoSuchFileException e) {
            throw failure(file, e);
        }
    }

    private static CommandFailedException failure(Path file, Exception e) {
        String reason = e instanceof NoSuchFileException
                ? file + ": there is no such key file; waybill crypt keygen makes a new pair"
                : String.valueOf(e.getMessage());
        return new CommandFailedException(ExitCode.FAILED, reason);
    }
}
