package org.waybill.stage.processing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.waybill.format.egaaes.EgaAesInputStream;
import org.waybill.format.egaaes.EgaAesKey;
import org.waybill.remote.res.FakeRes;
import org.waybill.remote.res.FakeRes.Connection;
import org.waybill.stage.Uploads;

/** What a re-encryption service does that reads a folder of ours, under a name of its own; or a lie in its place. */
final class Reencryption implements FakeRes.Script {

    /** How the service fails or lies. */
    enum Lie {
        NONE,
        SHORT,
        LONG,
        PAGE,
        PAGE_AS_A_FILE,
        RESET,
        CUT,
        BUSY,
        UNKNOWN_FILE,
        WRONG_BYTES,
        WRONG_PASSWORD
    }

    static final String INCOMING = "/service/incoming";

    private final Path incoming;
    private volatile Lie lie = Lie.NONE;

    Reencryption(Path incoming) {
        this.incoming = incoming;
    }

    void tell(Lie next) {
        lie = next;
    }

    @Override
    public void answer(int number, String target, Connection connection) throws IOException {
        if (target.endsWith("/stats/load")) {
            connection.file("0.5".getBytes(UTF_8));
            return;
        }
        Parameters parameters = Parameters.in(target);
        byte[] right = made(parameters, lie == Lie.WRONG_PASSWORD ? "another" : parameters.of("sourceKey"));
        byte[] page = "<html><body>Whitelabel Error Page</body></html>".getBytes(UTF_8);
        switch (lie) {
            case NONE, WRONG_PASSWORD -> connection.file(right);
            case SHORT -> connection.file(Arrays.copyOf(right, right.length - 1));
            case LONG -> connection.file(Arrays.copyOf(right, right.length + 1));
            case PAGE -> connection.status(200, "Content-Type: text/html");
            case PAGE_AS_A_FILE -> connection.file(page);
            case RESET -> {
                begin(right, connection);
                connection.reset();
            }
            case CUT -> begin(right, connection);
            case BUSY -> connection.status(503, "Retry-After: 0");
            case UNKNOWN_FILE -> connection.status(404);
            case WRONG_BYTES -> {
                right[right.length - 1] ^= 1;
                connection.file(right);
            }
        }
    }

    private static void begin(byte[] right, Connection connection) throws IOException {
        connection.text(FakeRes.CHUNKED);
        connection.chunk(Arrays.copyOf(right, right.length / 2));
    }

    private byte[] made(Parameters parameters, String sourceKey) throws IOException {
        String path = parameters.of("filePath");
        if (!path.startsWith(INCOMING + "/")) {
            throw new IllegalStateException("no such folder");
        }
        byte[] file = Files.readAllBytes(incoming.resolve(path.substring(INCOMING.length() + 1)));
        if (!parameters.of("fileSize").equals(String.valueOf(file.length))) {
            throw new IllegalStateException("another size");
        }
        byte[] plain = file;
        if (!parameters.of("sourceFormat").equals("plain")) {
            try (EgaAesKey key = EgaAesKey.derive(sourceKey.toCharArray(), bits(parameters.of("sourceFormat")))) {
                plain = new EgaAesInputStream(new ByteArrayInputStream(file), key).readAllBytes();
            }
        }
        String destination = parameters.of("destinationFormat");
        return destination.equals("plain")
                ? plain
                : Uploads.inEgaAes(parameters.of("destinationKey"), plain, bits(destination));
    }

    private static int bits(String format) {
        return Integer.parseInt(format.substring("aes".length()));
    }

    private record Parameters(Map<String, String> values) {

        static Parameters in(String target) {
            Map<String, String> values = new HashMap<>();
            for (String each : target.substring(target.indexOf('?') + 1).split("&")) {
                values.put(each.split("=", 2)[0], URLDecoder.decode(each.split("=", 2)[1], UTF_8));
            }
            return new Parameters(values);
        }

        String of(String name) {
            return values.getOrDefault(name, "");
        }
    }
}
