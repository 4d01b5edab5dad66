package org.waybill.route.delivery;

import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.waybill.route.yaml.SftpAccount;

/** By which way files reach recipients, each below one folder. */
public sealed interface DeliveryChannel {

    /** As the route calls it. */
    String name();

    /**
     * A folder of this machine, such as the document root of a web server.
     *
     * @param folder absolute; it must exist
     * @param folderMode of folders that are made below it
     * @param fileMode of the files
     */
    record Local(String name, Path folder, Set<PosixFilePermission> folderMode, Set<PosixFilePermission> fileMode)
            implements DeliveryChannel {

        public Local {
            folderMode = Set.copyOf(folderMode);
            fileMode = Set.copyOf(fileMode);
        }
    }

    /**
     * A server that speaks SFTP.
     *
     * @param folder on the server: absolute, or relative to where the login leads
     * @param folderMode of folders that are made below it
     * @param fileMode of the files
     * @param connections how many files are on their way to it at the same time
     */
    record Sftp(
            String name,
            SftpAccount account,
            String folder,
            Set<PosixFilePermission> folderMode,
            Set<PosixFilePermission> fileMode,
            int connections)
            implements DeliveryChannel {

        public Sftp {
            folderMode = Set.copyOf(folderMode);
            fileMode = Set.copyOf(fileMode);
        }
    }
}
