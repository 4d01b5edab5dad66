package org.waybill.cli.crypt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import picocli.CommandLine.Option;

/** The option that names who can open the new file, of the commands that make one. */
final class Recipients {

    @Option(
            names = "--recipient",
            paramLabel = "PUB",
            required = true,
            description = "A public key file; who has its secret key can open OUT. Repeat it for each recipient.")
    private List<Path> files = new ArrayList<>();

    /** Each once. @throws CommandFailedException if a file holds no public key */
    List<Crypt4ghPublicKey> read() throws IOException {
        Set<Crypt4ghPublicKey> keys = new LinkedHashSet<>();
        for (Path file : files) {
            keys.add(SecretKeys.readPublic(file));
        }
        return List.copyOf(keys);
    }

    /** For JSON. */
    static List<String> names(List<Crypt4ghPublicKey> keys) {
        return keys.stream().map(Crypt4ghPublicKey::toString).toList();
    }
}
