package org.waybill.cli.run.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import org.waybill.format.crypt4gh.Crypt4ghOutputStream;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.format.egaaes.EgaAesOutputStream;
import org.waybill.route.SecretReference;

/** Encrypts the demo's files for the route that will read them. */
record Envelope(Crypt4ghPublicKey reader, EgaAesKey key) implements AutoCloseable {

    /** The formats that the demo writes. */
    enum Format {
        CRYPT4GH,
        CIP,
        /** One after the other. */
        MIXED;

        /** The format of one file. */
        Format of(int number) {
            if (this != MIXED) {
                return this;
            }
            return number % 2 == 0 ? CIP : CRYPT4GH;
        }

        String suffix() {
            return this == CIP ? ".cip" : ".c4gh";
        }
    }

    static Envelope of(DemoHome home) throws IOException {
        char[] password = new SecretReference.InFile(home.egaAesPassword()).resolve(System::getenv);
        try {
            return new Envelope(
                    KeyFileReader.readPublic(home.publicKey()), EgaAesKey.derive(password, DemoHome.EGA_AES_BITS));
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** @param format not {@link Format#MIXED} */
    OutputStream around(OutputStream sink, Format format) throws IOException {
        return format == Format.CIP
                ? new EgaAesOutputStream(sink, key)
                : new Crypt4ghOutputStream(sink, List.of(reader));
    }

    @Override
    public void close() {
        key.close();
    }

    @Override
    public String toString() {
        return "for " + reader;
    }
}
