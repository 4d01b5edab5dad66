package org.waybill.cli.crypt.key;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
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
import org.waybill.format.openpgp.OpenPgpKeyException;
import org.waybill.format.openpgp.OpenPgpKeys;
import org.waybill.route.yaml.SecretReference;
import picocli.CommandLine.Option;

/** The options that name secret keys, of Crypt4GH and of OpenPGP: each file is for the format whose key is in it. */
public final class SecretKeys {

    private static final String OPENPGP_ARMOUR = "-----BEGIN PGP ";
    private static final int HEAD_BYTES = 65_536; // other text may stand before the armour
    private static final String WITH_PASSPHRASE = " with --passphrase env:NAME or file:PATH";

    @Option(
            names = "--key",
            paramLabel = "SEC",
            description =
                    "A secret key that opens a Crypt4GH file or an OpenPGP message. Repeat it to have several tried.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = "--passphrase",
            paramLabel = "REF",
            converter = Secrets.Converter.class,
            description = "Unlocks the keys: env:NAME or file:PATH, where the passphrase is.")
    private @Nullable SecretReference passphrase;

    /** What is done with the keys. */
    @FunctionalInterface
    public interface Opening<K, T> {
        T with(K keys) throws IOException;
    }

    public boolean areNamed() {
        return !files.isEmpty();
    }

    /**
     * Reads the Crypt4GH keys, uses them, destroys them.
     *
     * @throws CommandFailedException if there are none, or they cannot be used
     */
    public <T> T openCrypt4gh(Opening<List<Crypt4ghSecretKey>, T> opening) throws IOException {
        if (files.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE, "a Crypt4GH file is opened by a secret key; name it with --key SEC");
        }
        List<Path> chosen = filesOfKind(false);
        char[] secret = passphrase();
        List<Crypt4ghSecretKey> keys = new ArrayList<>();
        try {
            for (Path file : chosen.isEmpty() ? files : chosen) { // the wrong kind is then told as what it is
                keys.add(read(file, secret));
            }
            return opening.with(keys);
        } finally {
            keys.forEach(Crypt4ghSecretKey::close);
            zero(secret);
        }
    }

    /**
     * Reads the OpenPGP keys, uses them with the password, destroys both.
     *
     * @throws CommandFailedException if there is neither key nor password, or they cannot be used
     */
    public <T> T openOpenPgp(Password password, Opening<OpenPgpKeys, T> opening) throws IOException {
        if (files.isEmpty() && !password.isNamed()) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE,
                    "an OpenPGP message is opened by a secret key or a password; name it with --key SEC or --password"
                            + " REF; waybill crypt inspect says for whom the message is");
        }
        List<Path> chosen = filesOfKind(true);
        char[] secret = passphrase();
        try (OpenPgpKeys keys = password.<OpenPgpKeys, IOException>use(passwords ->
                OpenPgpKeys.open(chosen.isEmpty() && passwords.isEmpty() ? files : chosen, secret, passwords))) {
            return opening.with(keys);
        } catch (OpenPgpKeyException.PassphraseNeeded e) {
            throw new CommandFailedException(ExitCode.FAILED, e.getMessage() + WITH_PASSPHRASE);
        } catch (OpenPgpKeyException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } finally {
            zero(secret);
        }
    }

    /** The public key of a file. @throws CommandFailedException if it holds none */
    public static Crypt4ghPublicKey readPublic(Path file) throws IOException {
        try {
            return KeyFileReader.readPublic(file);
        } catch (KeyFileException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw missing(file);
        }
    }

    private List<Path> filesOfKind(boolean openPgp) throws IOException {
        List<Path> chosen = new ArrayList<>();
        for (Path file : files) {
            if (isOpenPgp(file) == openPgp) {
                chosen.add(file);
            }
        }
        return chosen;
    }

    /** Armoured or not; the files of Crypt4GH's keys are text, and the first byte of a packet has its top bit set. */
    private static boolean isOpenPgp(Path file) throws IOException {
        byte[] head = {};
        try (InputStream in = Files.newInputStream(file)) {
            head = in.readNBytes(HEAD_BYTES);
            return head.length > 0 && (head[0] < 0 || contains(head, OPENPGP_ARMOUR.getBytes(ISO_8859_1)));
        } catch (NoSuchFileException e) {
            throw missing(file);
        } finally {
            Arrays.fill(head, (byte) 0);
        }
    }

    /** Without a string, which could not be zeroed. */
    private static boolean contains(byte[] bytes, byte[] part) {
        for (int at = 0; at <= bytes.length - part.length; at++) {
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    private char @Nullable [] passphrase() {
        return passphrase == null ? null : Secrets.resolve(passphrase);
    }

    private static void zero(char @Nullable [] secret) {
        if (secret != null) {
            Arrays.fill(secret, '\0');
        }
    }

    private static Crypt4ghSecretKey read(Path file, char @Nullable [] passphrase) throws IOException {
        try {
            return KeyFileReader.readSecret(file, passphrase);
        } catch (KeyFileException.PassphraseNeeded e) {
            throw new CommandFailedException(ExitCode.FAILED, e.getMessage() + WITH_PASSPHRASE);
        } catch (KeyFileException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    private static CommandFailedException missing(Path file) {
        return new CommandFailedException(
                ExitCode.FAILED, file + ": there is no such key file; waybill crypt keygen makes a new Crypt4GH pair");
    }
}
