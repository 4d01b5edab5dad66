package org.waybill.format.openpgp.cipher;

import java.util.Arrays;
import java.util.Optional;

/** The authenticated modes of section 9.6, with the length of their nonces. */
enum AeadMode {
    EAX(1, 16),
    OCB(2, 15),
    GCM(3, 12);

    private final int id;
    private final int nonceBytes;

    AeadMode(int id, int nonceBytes) {
        this.id = id;
        this.nonceBytes = nonceBytes;
    }

    static Optional<AeadMode> numbered(int id) {
        return Arrays.stream(values()).filter(mode -> mode.id == id).findFirst();
    }

    int nonceBytes() {
        return nonceBytes;
    }
}
