package org.waybill.cli.crypt.key;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.route.yaml.SecretReference;
import picocli.CommandLine.Option;

/** The options that name the password of a file, and how long a key EGA AES makes of it. */
public final class Password {

    private static final int USUAL_BITS = 256;

    @Option(
            names = "--password",
            paramLabel = "REF",
            converter = Secrets.Converter.class,
            description = "The password of the encrypted file: env:NAME or file:PATH, where it is.")
    private @Nullable SecretReference reference;

    @Option(
            names = "--bits",
            paramLabel = "128|256",
            description = "The key's length of an EGA AES file. Default: " + USUAL_BITS + ".")
    private @Nullable Integer bits;

    /** What is done with the passwords. */
    @FunctionalInterface
    public interface Using<T, E extends Exception> {
        T with(List<char[]> passwords) throws E;
    }

    public boolean isNamed() {
        return reference != null;
    }

    /** Whether an option stands here that only EGA AES has a use for. */
    public boolean areBitsNamed() {
        return bits != null;
    }

    /** @throws CommandFailedException if no key of EGA AES has that length */
    public void requirePossibleBits() {
        if (bits() != 128 && bits() != 256) {
            throw new CommandFailedException(ExitCode.WRONG_USAGE, "--bits is 128 or 256, not " + bits);
        }
    }

    /** The key of an EGA AES file, which the caller closes. @throws CommandFailedException if there is no password */
    public EgaAesKey egaAesKey() {
        requirePossibleBits();
        if (reference == null) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE,
                    "an EGA AES file (.cip) is locked by a password; name it with --password REF");
        }
        return use(passwords -> EgaAesKey.derive(passwords.get(0), bits()));
    }

    /** Reads the password, uses it, zeroes it; none, if none is named. */
    public <T, E extends Exception> T use(Using<T, E> using) throws E {
        List<char[]> passwords = reference == null ? List.of() : List.of(Secrets.resolve(reference));
        try {
            return using.with(passwords);
        } finally {
            passwords.forEach(password -> Arrays.fill(password, '\0'));
        }
    }

    private int bits() {
        return bits == null ? USUAL_BITS : bits;
    }
}
