package org.waybill.route;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * How files are read and written again.
 *
 * @param partitions into how many parts, balanced by bytes, the files of a run are cut
 * @param acceptPlaintext whether files that arrive unencrypted are taken
 * @param recipients Crypt4GH public keys for which the archived files are encrypted
 */
public record ProcessingRoute(
        int partitions,
        Optional<Crypt4ghKeys> crypt4gh,
        Optional<EgaAesPassword> egaAes,
        boolean acceptPlaintext,
        List<Path> recipients) {

    /** Secret keys that open arriving Crypt4GH files; the passphrase, where given, unlocks each of them. */
    public record Crypt4ghKeys(List<Path> keys, Optional<SecretReference> passphrase) {}

    /** The password that opens arriving {@code .cip} files, and the key's length: 128 or 256 bits. */
    public record EgaAesPassword(SecretReference password, int bits) {}
}
