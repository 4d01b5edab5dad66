package org.waybill.route.yaml;

import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A login at a server that speaks SFTP.
 *
 * @param key secret key of the user, in any form of OpenSSH or PEM
 * @param knownHosts the server's public keys, in OpenSSH's form; a server that is not in it is not spoken to
 */
public record SftpAccount(
        String host, int port, String user, Path key, Optional<SecretReference> passphrase, Path knownHosts) {

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:-]{0,252}[A-Za-z0-9])?");
    private static final Pattern USER = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}");
    private static final int SFTP_PORT = 22;

    /** The login that the keys of a section describe. */
    public static SftpAccount from(YamlSection sftp, Path home) {
        return new SftpAccount(
                sftp.required("host", matching(HOST, "a host"), "write the name or address of the server")
                        .orElse("localhost"),
                sftp.value("port", RouteValues.number(1, 65_535)).orElse(SFTP_PORT),
                sftp.required("user", matching(USER, "a user"), "write the name of the login")
                        .orElse("nobody"),
                sftp.required("key", RouteValues.pathIn(home), "write the path of the login's secret key")
                        .orElse(home),
                sftp.value("passphrase", RouteValues.secretIn(home)),
                sftp.required(
                                "known-hosts",
                                RouteValues.pathIn(home),
                                "write the path of a file with the server's public key, as ssh-keyscan prints it")
                        .orElse(home));
    }

    /** For messages: {@code sftp://user@host:port}. */
    @Override
    public String toString() {
        return "sftp://" + user + "@" + host + ":" + port;
    }

    private static RouteValues.Reader<String> matching(Pattern form, String what) {
        return text -> {
            if (!form.matcher(text).matches()) {
                throw new RouteValues.Unusable(
                        RouteProblem.quoted(text) + " is not " + what, "write it without blanks and signs");
            }
            return text;
        };
    }
}
