package org.waybill.cli.crypt;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;
import org.waybill.cli.Subcommand;
import org.waybill.cli.crypt.key.Secrets;
import org.waybill.format.crypt4gh.Crypt4ghSecretKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileWriter;
import org.waybill.route.yaml.SecretReference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a Crypt4GH key pair. */
@Command(
        name = "keygen",
        description = {
            "Makes a Crypt4GH key pair: NAME.sec, which nobody else may see, and NAME.pub, to encrypt for.",
            "Prints the public key. A file that exists is never replaced."
        })
final class KeygenCommand implements Subcommand {

    @Parameters(paramLabel = "NAME", description = "The path of both files, without .sec and .pub.")
    private String name = "";

    @Option(
            names = "--passphrase",
            paramLabel = "REF",
            converter = Secrets.Converter.class,
            description =
                    "Locks NAME.sec: env:NAME or file:PATH, where the passphrase is. Without it NAME.sec is open to"
                            + " whoever reads it.")
    private @Nullable SecretReference passphrase;

    /** Its shape is an interface. */
    record KeyPair(String secretKeyFile, String publicKeyFile, String publicKey) {}

    @Override
    public ExitCode run(Session session) throws IOException {
        Path secretFile = Path.of(name + ".sec");
        Path publicFile = Path.of(name + ".pub");
        refuseIfThere(secretFile);
        refuseIfThere(publicFile);
        char[] secret = passphrase == null ? null : Secrets.resolve(passphrase);
        try (Crypt4ghSecretKey key = Crypt4ghSecretKey.generate()) {
            write(key, secretFile, publicFile, secret);
            String publicKey = key.publicKey().toString();
            session.output()
                    .result(new KeyPair(secretFile.toString(), publicFile.toString(), publicKey), () -> publicKey);
        } finally {
            if (secret != null) {
                Arrays.fill(secret, '\0');
            }
        }
        if (passphrase == null) {
            session.output().note(secretFile + " is not locked; nothing but its mode 0600 protects it");
        }
        return ExitCode.DONE;
    }

    /** Both or none. */
    private static void write(Crypt4ghSecretKey key, Path secretFile, Path publicFile, char @Nullable [] passphrase)
            throws IOException {
        try {
            KeyFileWriter.writeSecret(key, secretFile, passphrase);
        } catch (FileAlreadyExistsException e) {
            throw exists(secretFile);
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(
                    ExitCode.FAILED, secretFile + ": its folder does not exist; make it first");
        }
        try {
            KeyFileWriter.writePublic(key.publicKey(), publicFile);
        } catch (IOException e) {
            Files.delete(secretFile);
            throw e;
        }
    }

    private static void refuseIfThere(Path file) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw exists(file);
        }
    }

    private static CommandFailedException exists(Path file) {
        return new CommandFailedException(
                ExitCode.FAILED, file + ": exists already, and a key is never replaced; choose another name");
    }
}
