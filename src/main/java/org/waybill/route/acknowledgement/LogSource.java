package org.waybill.route.acknowledgement;

import java.util.Optional;
import org.waybill.route.yaml.SftpAccount;

/**
 * The access log of one server, which shows the folder of one channel.
 *
 * @param name as the route calls it; what its lines are known by in the ledger, so it must not change
 * @param sftp the server from which its files are read; empty: they are on this machine
 * @param folder of its files, rotated ones included: absolute on this machine; on a server as that takes it
 * @param files of which names, a glob of {@link java.nio.file.FileSystem#getPathMatcher}
 * @param channel name of the delivery channel whose folder the server shows
 * @param urlPath of that folder at the server; begins and ends with {@code /}
 * @param format name of a format, or of one of the route's readers
 * @param tellsStart whether the time of a line is that of the request's beginning, as with Apache; else it may be its end
 */
public record LogSource(
        String name,
        Optional<SftpAccount> sftp,
        String folder,
        String files,
        String channel,
        String urlPath,
        String format,
        boolean tellsStart) {

    public LogSource {
        if (!urlPath.startsWith("/") || !urlPath.endsWith("/")) {
            throw new IllegalArgumentException("not the path of a folder: " + urlPath);
        }
    }
}
