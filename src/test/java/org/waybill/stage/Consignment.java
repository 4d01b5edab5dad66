package org.waybill.stage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Files as uploaders send them, with one manifest that declares of each what a test wants declared. */
public final class Consignment {

    /** What the manifest says of a file: a column of it. */
    public enum Fact {
        PLAIN_SIZE,
        ENCRYPTED_SIZE,
        PLAIN_MD5,
        PLAIN_SHA256,
        ENCRYPTED_MD5,
        ENCRYPTED_SHA256;

        private String header() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
        }
    }

    /** The facts that are declared of one file. */
    public static final class Facts {

        private final Map<Fact, String> values = new EnumMap<>(Fact.class);

        /** Everything of the plain content; nothing of the file as sent. */
        public static Facts ofPlain(byte[] plain) {
            return new Facts()
                    .with(Fact.PLAIN_SIZE, String.valueOf(plain.length))
                    .with(Fact.PLAIN_MD5, Uploads.md5(plain))
                    .with(Fact.PLAIN_SHA256, Uploads.sha256(plain));
        }

        /** Everything of both sides. */
        public static Facts of(byte[] plain, byte[] sent) {
            return ofPlain(plain)
                    .with(Fact.ENCRYPTED_SIZE, String.valueOf(sent.length))
                    .with(Fact.ENCRYPTED_MD5, Uploads.md5(sent))
                    .with(Fact.ENCRYPTED_SHA256, Uploads.sha256(sent));
        }

        public Facts with(Fact fact, String value) {
            values.put(fact, value);
            return this;
        }

        /** Leaves only this fact declared. */
        public Facts only(Fact fact) {
            values.keySet().retainAll(java.util.Set.of(fact));
            return this;
        }
    }

    private final Path home;
    private final StringBuilder rows = new StringBuilder();
    private final Map<String, byte[]> sent = new LinkedHashMap<>();

    public Consignment(Path home) {
        this.home = home;
        rows.append("file");
        for (Fact fact : Fact.values()) {
            rows.append('\t').append(fact.header());
        }
        rows.append('\n');
    }

    /** Uploads a file under the path as it is sent, suffix and all, and declares it. */
    public Consignment add(String path, byte[] bytes, Facts facts) throws IOException {
        Path file = home.resolve("incoming").resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        sent.put(path, bytes);
        rows.append(path);
        for (Fact fact : Fact.values()) {
            rows.append('\t').append(facts.values.getOrDefault(fact, ""));
        }
        rows.append('\n');
        return this;
    }

    /** The files as sent, by the path under which they were. */
    public Map<String, byte[]> sent() {
        return Map.copyOf(sent);
    }

    /** Writes the manifest; the dataset has its name. */
    public void declareAs(String dataset) throws IOException {
        Files.writeString(home.resolve("manifests").resolve(dataset + ".tsv"), rows);
    }
}
