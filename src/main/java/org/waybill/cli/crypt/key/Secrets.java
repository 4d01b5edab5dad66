package org.waybill.cli.crypt.key;

import java.io.IOException;
import java.nio.file.Path;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.route.yaml.SecretReference;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Secrets, as the command line names them: never by themselves, because everybody on a machine sees its command lines. */
public final class Secrets {

    private Secrets() {}

    /** The secret, which the caller zeroes. @throws CommandFailedException if there is none */
    public static char[] resolve(SecretReference reference) {
        try {
            return reference.resolve(System::getenv);
        } catch (IOException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        }
    }

    /** Reads {@code env:NAME} and {@code file:PATH}. Prints nothing of what it cannot read: that may be the secret. */
    public static final class Converter implements ITypeConverter<SecretReference> {
        @Override
        public SecretReference convert(String text) {
            return SecretReference.parse(text, Path.of(""))
                    .orElseThrow(() -> new TypeConversionException(
                            "write env:NAME or file:PATH, where the secret is, and never the secret itself"));
        }
    }
}
