package org.waybill.cli.crypt.key;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.format.openpgp.OpenPgpKeyException;
import org.waybill.format.openpgp.OpenPgpSigners;
import picocli.CommandLine.Option;

/** The option that names whose signatures are verified. */
public final class Signers {

    @Option(
            names = "--signer",
            paramLabel = "PUB",
            description =
                    "A file of OpenPGP public keys; the signature of an OpenPGP message is verified by them. Repeat"
                            + " it for several files.")
    private List<Path> files = new ArrayList<>();

    public boolean areNamed() {
        return !files.isEmpty();
    }

    /** Nobody, if none is named. @throws CommandFailedException if a file holds no public key */
    public OpenPgpSigners read() throws IOException {
        try {
            return OpenPgpSigners.read(files);
        } catch (OpenPgpKeyException e) {
            throw new CommandFailedException(ExitCode.FAILED, String.valueOf(e.getMessage()));
        } catch (NoSuchFileException e) {
            throw new CommandFailedException(ExitCode.FAILED, e.getMessage() + ": there is no such key file");
        }
    }
}
