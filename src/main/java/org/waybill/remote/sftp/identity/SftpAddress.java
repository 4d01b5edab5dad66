package org.waybill.remote.sftp.identity;

import java.util.regex.Pattern;

/**
 * Where a partner's SFTP server is, and who we are there.
 *
 * @param host a name or an IP address (IPv6 without brackets), as it stands in known_hosts
 * @param user the account on that server
 */
public record SftpAddress(String host, int port, String user) {

    public static final int USUAL_PORT = 22;

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern USER = Pattern.compile("[^\\s\\p{Cntrl}]+");

    /** @throws IllegalArgumentException if it can be no such address */
    public SftpAddress {
        if (!HOST.matcher(host).matches()) {
            throw new IllegalArgumentException("the host of an SFTP server must be a name or an IP address, without"
                    + " sftp://, user, port or path");
        }
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException("the port of " + host + " must be 1 to 65535, not " + port);
        }
        if (!USER.matcher(user).matches()) {
            throw new IllegalArgumentException("the user at " + host + " must not be empty nor hold blanks");
        }
    }

    /** Without the user: {@code host:port}. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
