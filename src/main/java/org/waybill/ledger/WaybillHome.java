package org.waybill.ledger;

import java.nio.file.Path;

/**
 * The folder that all relative paths start from, and in which the embedded database lives.
 *
 * @param path made absolute
 */
public record WaybillHome(Path path) {

    public WaybillHome {
        path = path.toAbsolutePath().normalize();
    }
}
