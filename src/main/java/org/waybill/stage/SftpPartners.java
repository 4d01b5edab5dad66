package org.waybill.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Optional;
import org.waybill.remote.sftp.SftpPartner;
import org.waybill.remote.sftp.identity.KnownHosts;
import org.waybill.remote.sftp.identity.SftpAddress;
import org.waybill.remote.sftp.identity.SftpLogin;
import org.waybill.remote.sftp.identity.SftpRefusedException;
import org.waybill.remote.sftp.session.SftpLimits;
import org.waybill.route.yaml.SecretReference;
import org.waybill.route.yaml.SftpAccount;

/** The servers that routes name, with their logins. */
public final class SftpPartners {

    private SftpPartners() {}

    /**
     * Connects to nothing yet.
     *
     * @throws UncheckedIOException if the login's key or the file of known hosts cannot be used
     */
    public static SftpPartner of(SftpAccount account, SftpLimits limits) throws IOException {
        try {
            return new SftpPartner(
                    new SftpAddress(account.host(), account.port(), account.user()),
                    login(account),
                    KnownHosts.read(account.knownHosts()),
                    limits);
        } catch (SftpRefusedException e) {
            throw new UncheckedIOException(e); // to try again does not help
        }
    }

    private static SftpLogin login(SftpAccount account) throws IOException {
        byte[] key = Files.readAllBytes(account.key());
        char[] passphrase = null;
        try {
            Optional<SecretReference> reference = account.passphrase();
            passphrase = reference.isPresent() ? reference.get().resolve(System::getenv) : null;
            return SftpLogin.of(key, passphrase);
        } finally {
            Arrays.fill(key, (byte) 0);
            if (passphrase != null) {
                Arrays.fill(passphrase, '\0');
            }
        }
    }
}
