package org.waybill.cli.crypt.key;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import picocli.CommandLine.Option;

/** The option that names who can open the new file, of the commands that make one. */
public final class Recipients {

    @Option(
            names = "--recipient",
            paramLabel = "PUB",
            description =
                    "A Crypt4GH public key file; who has its secret key can open OUT. Repeat it for each recipient.")
    private List<Path> files = new ArrayList<>();

    public boolean areNamed() {
        return !files.isEmpty();
    }

    /** Each once, and at least one. @throws CommandFailedException if there is none, or a file holds no public key */
    public List<Crypt4ghPublicKey> read() throws IOException {
        if (files.isEmpty()) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE,
                    "Crypt4GH is written for somebody; name who can open OUT with --recipient PUB");
        }
        Set<Crypt4ghPublicKey> keys = new LinkedHashSet<>();
        for (Path file : files) {
            keys.add(SecretKeys.readPublic(file));
        }
        return List.copyOf(keys);
    }

    /** For JSON. */
    public static List<String> names(List<Crypt4ghPublicKey> keys) {
        return keys.stream().map(Crypt4ghPublicKey::toString).toList();
    }
}
