package org.waybill.cli.crypt.stream;

import java.nio.ByteBuffer;
import org.waybill.format.openpgp.cipher.SymmetricAlgorithm;

/** The fields of packets that hold a session key, as far as they can be judged without a key or password. */
final class SessionKeyFields {

    private static final int LAST_MODE = 3; // GCM
    private static final int MAX_SESSION_KEY_BYTES = 64; // 1 for the cipher, 32; or a nonce of 16, 32 and a tag of 16

    private SessionKeyFields() {}

    /** Whether the fields of an encrypted session key are as long as its algorithm has them, sections 5.1.3 to 5.1.7. */
    static boolean areOfKey(int algorithm, ByteBuffer fields) {
        boolean whole =
                switch (algorithm) {
                    case 1, 2 -> passNumbers(fields, 1);
                    case 16, 20 -> passNumbers(fields, 2);
                    case 18 -> passNumbers(fields, 1) && passCounted(fields);
                    case 25 -> pass(fields, 32) && passCounted(fields); // the point of Curve25519
                    case 26 -> pass(fields, 56) && passCounted(fields); // the point of Curve448
                    default -> false;
                };
        return whole && !fields.hasRemaining();
    }

    /** Multiprecision integers, section 3.2: before each stands its length in bits. */
    private static boolean passNumbers(ByteBuffer fields, int count) {
        boolean whole = true;
        for (int i = 0; i < count; i++) {
            whole &= fields.remaining() >= 2 && pass(fields, (Short.toUnsignedInt(fields.getShort()) + 7) / 8);
        }
        return whole;
    }

    /** Bytes with their number before them. */
    private static boolean passCounted(ByteBuffer fields) {
        return fields.hasRemaining() && pass(fields, Byte.toUnsignedInt(fields.get()));
    }

    private static boolean pass(ByteBuffer fields, int bytes) {
        boolean enough = fields.remaining() >= bytes;
        fields.position(enough ? fields.position() + bytes : fields.limit());
        return enough;
    }

    /** Whether what follows the version is as section 5.3 has it. */
    static boolean areOfPassword(int version, ByteBuffer fields) {
        return switch (version) {
            case 4 -> passCipher(fields) && passKeyDerivation(fields);
            case 5 -> passCipher(fields) && passMode(fields) && passKeyDerivation(fields);
            case 6 ->
                pass(fields, 1)
                        && passCipher(fields)
                        && passMode(fields)
                        && pass(fields, 1)
                        && passKeyDerivation(fields);
            default -> false;
        };
    }

    private static boolean passCipher(ByteBuffer fields) {
        return fields.hasRemaining()
                && SymmetricAlgorithm.numbered(fields.get()).isPresent();
    }

    /** Section 9.6. */
    private static boolean passMode(ByteBuffer fields) {
        int mode = fields.hasRemaining() ? fields.get() : 0;
        return mode >= 1 && mode <= LAST_MODE;
    }

    /** How a key is made of the password, section 3.7.1. A session key may follow. */
    private static boolean passKeyDerivation(ByteBuffer fields) {
        int kind = fields.hasRemaining() ? fields.get() : -1;
        boolean whole =
                switch (kind) {
                    case 0 -> pass(fields, 1);
                    case 1 -> pass(fields, 1 + 8); // hash, salt
                    case 3 -> pass(fields, 1 + 8 + 1); // hash, salt, count
                    case 4 -> pass(fields, 16 + 3); // Argon2: salt, passes, lanes, memory
                    default -> false;
                };
        return whole && fields.remaining() <= MAX_SESSION_KEY_BYTES;
    }
}
