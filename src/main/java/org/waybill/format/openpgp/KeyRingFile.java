package org.waybill.format.openpgp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.waybill.format.openpgp.OpenPgpKeyException.UnusableKey;

/** What a key file holds: armoured or not, one block of armour or several behind each other. */
final class KeyRingFile {

    private static final int MAX_FILE_BYTES = 16 << 20; // a keyring of thousands of keys
    private static final String ARMOUR_START = "-----BEGIN PGP ";
    private static final byte[] KEYBOX_MAGIC = "KBXf".getBytes(ISO_8859_1); // at byte 8
    private static final int KEYBOX_MAGIC_AT = 8;

    private KeyRingFile() {}

    /**
     * The keys, signatures and so on that the file holds, as Bouncy Castle makes them.
     *
     * @throws UnusableKey if there is anything else in it
     */
    static List<Object> read(Path file) throws IOException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE_BYTES + 1);
        }
        try {
            if (content.length > MAX_FILE_BYTES) {
                throw new UnusableKey(file, "larger than 16 MiB, no key file");
            }
            if (isKeybox(content)) {
                throw new UnusableKey(file, "a keybox of GnuPG; write a key file with \"gpg --export-secret-keys\"");
            }
            return parse(file, content);
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static boolean isKeybox(byte[] content) {
        int end = KEYBOX_MAGIC_AT + KEYBOX_MAGIC.length;
        return content.length > end && Arrays.equals(Arrays.copyOfRange(content, KEYBOX_MAGIC_AT, end), KEYBOX_MAGIC);
    }

    private static List<Object> parse(Path file, byte[] content) throws IOException {
        List<Object> objects = new ArrayList<>();
        try {
            if (content.length > 0 && content[0] < 0) { // a packet starts with its top bit set, armour does not
                parseBinary(new ByteArrayInputStream(content), objects);
            } else {
                String text = new String(content, ISO_8859_1);
                for (int at = text.indexOf(ARMOUR_START); at >= 0; ) {
                    int next = text.indexOf(ARMOUR_START, at + 1);
                    int end = next < 0 ? content.length : next;
                    parseBinary(new ArmoredInputStream(new ByteArrayInputStream(content, at, end - at)), objects);
                    at = next;
                }
            }
        } catch (IOException | RuntimeException e) { // of arrays in memory: their content is at fault
            throw new UnusableKey(file, "the key file is cut or damaged; restore it from a copy");
        }
        if (objects.isEmpty()) {
            throw new UnusableKey(file, "no OpenPGP key; write one with \"gpg --export-secret-keys\"");
        }
        return objects;
    }

    private static void parseBinary(InputStream packets, List<Object> objects) throws IOException {
        PGPObjectFactory factory = new PGPObjectFactory(packets, new BcKeyFingerprintCalculator());
        for (Object next = factory.nextObject(); next != null; next = factory.nextObject()) {
            objects.add(next);
        }
    }
}
