package org.waybill.route.yaml;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where a secret is to be had. A route holds references, never secrets; nothing of this prints the secret. */
public sealed interface SecretReference {

    /**
     * The secret. It is the caller's to overwrite after use.
     *
     * @param environment gives the value of an environment variable, {@code null} if it is not set: {@code System::getenv}
     * @throws IOException if there is no secret to be had there, or an empty one; the message names the reference
     */
    char[] resolve(Function<String, @Nullable String> environment) throws IOException;

    /**
     * Reads {@code env:NAME} or {@code file:PATH}.
     *
     * @param folder what a relative path is relative to
     * @return empty if the text is neither; it may be the secret itself then, and should not be printed
     */
    static Optional<SecretReference> parse(String text, Path folder) {
        if (text.startsWith("env:")
                && Environment.NAME.matcher(text.substring(4)).matches()) {
            return Optional.of(new Environment(text.substring(4)));
        }
        if (!text.startsWith("file:") || text.substring(5).isBlank()) {
            return Optional.empty();
        }
        try {
            Path path = folder.resolve(text.substring(5)).toAbsolutePath().normalize();
            return Optional.of(new InFile(path));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    /** {@code env:NAME}: the value of an environment variable. */
    record Environment(String name) implements SecretReference {

        private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

        @Override
        public char[] resolve(Function<String, @Nullable String> environment) throws IOException {
            String value = environment.apply(name);
            if (value == null || value.isEmpty()) {
                throw new IOException(this + ": the environment variable is " + (value == null ? "not set" : "empty"));
            }
            return value.toCharArray();
        }

        @Override
        public String toString() {
            return "env:" + name;
        }
    }

    /** {@code file:PATH}: the first line, without its end, of a UTF-8 file that only its owner can read. */
    record InFile(Path path) implements SecretReference {

        private static final int MAX_BYTES = 4096;

        @Override
        public char[] resolve(Function<String, @Nullable String> environment) throws IOException {
            // Direct, because the JDK would copy a heap buffer's bytes through one of its own, which nobody overwrites.
            ByteBuffer bytes = ByteBuffer.allocateDirect(MAX_BYTES);
            CharBuffer chars = CharBuffer.allocate(MAX_BYTES);
            try {
                readFirstLine(bytes);
                if (StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(bytes.flip(), chars, true)
                        .isError()) {
                    throw new IOException(this + ": is not UTF-8");
                }
                if (chars.position() == 0) {
                    throw new IOException(this + ": the first line is empty");
                }
                return Arrays.copyOf(chars.array(), chars.position());
            } finally {
                bytes.clear().put(new byte[MAX_BYTES]);
                Arrays.fill(chars.array(), '\0');
            }
        }

        /** Leaves the buffer's position after the last byte of the line. */
        private void readFirstLine(ByteBuffer bytes) throws IOException {
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
                int seen = 0;
                while (bytes.hasRemaining() && file.read(bytes) >= 0) {
                    for (; seen < bytes.position(); seen++) {
                        if (bytes.get(seen) == '\n' || bytes.get(seen) == '\r') {
                            bytes.position(seen);
                            return;
                        }
                    }
                }
            } catch (NoSuchFileException e) {
                throw new IOException(this + ": there is no such file", e);
            } catch (AccessDeniedException e) {
                throw new IOException(this + ": may not be read by this user", e);
            }
            if (!bytes.hasRemaining()) {
                throw new IOException(this + ": the first line is longer than " + (MAX_BYTES - 1) + " bytes");
            }
        }

        @Override
        public String toString() {
            return "file:" + path;
        }
    }
}
