package org.waybill.cli.run.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.waybill.format.DataFormat;
import org.waybill.format.crypt4gh.Crypt4ghOutputStream;
import org.waybill.format.crypt4gh.Crypt4ghPublicKey;
import org.waybill.format.crypt4gh.keyfile.KeyFileReader;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.format.egaaes.EgaAesOutputStream;
import org.waybill.route.yaml.SecretReference;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Encrypts the demo's files for the route that will read them. */
record Envelope(Crypt4ghPublicKey reader, EgaAesKey key, PGPPublicKey openPgpReader) implements AutoCloseable {

    /** In which formats the demo's files arrive; file 1 has the first, and so on in turn. */
    record Mix(List<DataFormat> formats) {

        DataFormat of(int number) {
            return formats.get((number - 1) % formats.size());
        }

        boolean has(DataFormat format) {
            return formats.contains(format);
        }

        /** For picocli. */
        static final class Converter implements ITypeConverter<Mix> {
            @Override
            public Mix convert(String text) {
                return new Mix(
                        switch (text.toLowerCase(Locale.ROOT)) {
                            case "crypt4gh" -> List.of(DataFormat.CRYPT4GH);
                            case "ega-aes", "cip" -> List.of(DataFormat.EGA_AES);
                            case "openpgp" -> List.of(DataFormat.OPENPGP);
                            case "plain" -> List.of(DataFormat.PLAIN);
                            case "mixed" -> List.of(DataFormat.CRYPT4GH, DataFormat.EGA_AES);
                            default ->
                                throw new TypeConversionException("'" + text
                                        + "' is no format; write crypt4gh, ega-aes, openpgp, plain or mixed");
                        });
            }
        }
    }

    static Envelope of(DemoHome home) throws IOException {
        char[] password = new SecretReference.InFile(home.egaAesPassword()).resolve(System::getenv);
        try {
            return new Envelope(
                    KeyFileReader.readPublic(home.publicKey()),
                    EgaAesKey.derive(password, DemoHome.EGA_AES_BITS),
                    home.openPgpKey().publicKey());
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    /** What files of that format are called beside their own name. */
    static String suffix(DataFormat format) {
        return switch (format) {
            case CRYPT4GH -> ".c4gh";
            case EGA_AES -> ".cip";
            case OPENPGP -> ".gpg";
            case PLAIN -> "";
        };
    }

    /** Where the plaintext is written to; then {@link #finish} it. */
    OutputStream around(OutputStream sink, DataFormat format) throws IOException {
        return switch (format) {
            case CRYPT4GH -> new Crypt4ghOutputStream(sink, List.of(reader));
            case EGA_AES -> new EgaAesOutputStream(sink, key);
            case OPENPGP -> new OpenPgpOutputStream(sink, openPgpReader);
            case PLAIN -> sink;
        };
    }

    /** Writes what ends a file, where its format has such a thing; the sink stays open. */
    static void finish(OutputStream encrypted) throws IOException {
        if (encrypted instanceof Crypt4ghOutputStream crypt4gh) {
            crypt4gh.finish();
        } else if (encrypted instanceof OpenPgpOutputStream openPgp) {
            openPgp.finish();
        }
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
