package org.waybill.cli.run;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileException;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.route.yaml.SecretReference;
import org.waybill.run.Stage;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that name the key which is being replaced. Neither of them is recorded anywhere. */
final class OldKey {

    @Option(
            names = "--from",
            paramLabel = "SEC",
            description = "With ROUTE.rewrap: the old secret key, for which archived files are encrypted.")
    private @Nullable Path file;

    @Option(
            names = "--from-passphrase",
            paramLabel = "REF",
            converter = Converter.class,
            description = "Unlocks the old key: env:NAME or file:PATH, where the passphrase is.")
    private @Nullable SecretReference passphrase;

    /** @throws CommandFailedException if the options do not fit the stage */
    void requireFor(@Nullable Stage stage) {
        if (stage == Stage.REWRAP && file == null) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE,
                    "rewrap takes the keys of files from their old headers; name the old key with --from SEC");
        }
        if (stage != Stage.REWRAP && (file != null || passphrase != null)) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE, "--from and --from-passphrase belong to ROUTE.rewrap, and to no other stage");
        }
    }

    /** Reads the key, which the caller closes. @throws CommandFailedException if it cannot be used */
    Crypt4ghSecretKey read() throws IOException {
        if (file == null) {
            throw new IllegalStateException("no old key was named");
        }
        char[] secret = resolved();
        try {
            return KeyFileReader.readSecret(file, secret);
        } catch (KeyFileException.PassphraseNeeded e) {
            throw unusable(e.getMessage() + " with --from-passphrase env:NAME or file:PATH");
        } catch (KeyFileException e) {
            throw unusable(String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw unusable(file + ": there is no such key file");
        } finally {
            if (secret != null) {
                Arrays.fill(secret, '\0');
            }
        }
    }

    private char @Nullable [] resolved() {
        try {
            return passphrase == null ? null : passphrase.resolve(System::getenv);
        } catch (IOException e) {
            throw unusable(String.valueOf(e.getMessage()));
        }
    }

    private static CommandFailedException unusable(String why) {
        return new CommandFailedException(ExitCode.CONFIGURATION, why);
    }

    /** Reads {@code env:NAME} and {@code file:PATH}. Prints nothing of what it cannot read: that may be the secret. */
    static final class Converter implements ITypeConverter<SecretReference> {
        @Override
        public SecretReference convert(String text) {
            return SecretReference.parse(text, Path.of(""))
                    .orElseThrow(() -> new TypeConversionException(
                            "write env:NAME or file:PATH, where the secret is, and never the secret itself"));
        }
    }
}
