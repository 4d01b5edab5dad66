package org.waybill.remote.res;

/**
 * One file that the service shall read, and what it shall make of it.
 *
 * @param filePath as the service knows the file: a path on its disks, a URL, or an object of its store
 * @param sizeBytes of the file as it lies there, which the service does not look up itself
 * @param source how the file is locked there
 * @param destination how it shall come
 * @param mayBeEmpty whether an answer without a byte is taken for an empty file. A service that fails answers so too: true
 *     only if the size that the caller knows is 0
 */
public record ResRequest(String filePath, long sizeBytes, ResSide source, ResSide destination, boolean mayBeEmpty) {

    /** @throws IllegalArgumentException if the path is blank */
    public ResRequest {
        if (filePath.isBlank()) {
            throw new IllegalArgumentException("the path of a file is expected");
        }
    }

    /** Without the path, which may name a person. */
    @Override
    public String toString() {
        return source + " to " + destination;
    }
}
