package org.waybill.remote.sftp.file;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HexFormat;
import java.util.List;

/** Paths on a server: slashes, whatever system it is. */
public final class RemotePath {

    private static final int LONGEST_NAME_BYTES = 255; // of most file systems

    private RemotePath() {}

    /** @throws IllegalArgumentException if it ends in no name, or goes by . or .. */
    public static void requireFile(String path) {
        List<String> names = List.of((path.startsWith("/") ? path.substring(1) : path).split("/", -1));
        if (names.stream().anyMatch(name -> name.isEmpty() || name.equals(".") || name.equals(".."))
                || path.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a remote path consists of names and single slashes, without . and ..");
        }
    }

    /** With its slash; empty if the path is a name alone. */
    public static String folder(String path) {
        return path.substring(0, path.lastIndexOf('/') + 1);
    }

    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    public static String partName(String name, String token) {
        String part = "." + name + ending(token);
        if (part.getBytes(UTF_8).length <= LONGEST_NAME_BYTES) {
            return part;
        }
        String hash = HexFormat.of().formatHex(RemoteHash.newDigest().digest(name.getBytes(UTF_8)));
        return "." + hash + ending(token);
    }

    public static boolean isPartOf(String name, String token) {
        return name.startsWith(".") && name.endsWith(ending(token));
    }

    private static String ending(String token) {
        return "." + token + ".part";
    }
}
