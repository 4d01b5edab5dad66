package org.waybill.cli.crypt.stream;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.nio.channels.Channels;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.format.DataFormat;
import org.waybill.format.MalformedInputException;
import org.waybill.format.crypt4gh.Crypt4ghFormat;

/**
 * What a command reads.
 *
 * @param argument the path of a file, or {@code -} for standard input
 */
public record Source(String argument) {

    private static final int HEAD_BYTES = 4_096; // DataFormat needs 64; an OpenPGP session key has up to 2,100

    /** What is done with the bytes. */
    @FunctionalInterface
    public interface Reading<T> {
        /**
         * Reads them.
         *
         * @param format that of the first bytes, or else of the name; a binary OpenPGP message is known by its first
         *     bytes where the name claims no format
         */
        T from(InputStream in, DataFormat format) throws IOException;
    }

    public boolean isStandardInput() {
        return argument.equals("-");
    }

    /** For messages. */
    public String name() {
        return isStandardInput() ? "standard input" : argument;
    }

    /**
     * Opens it, reads it, closes it.
     *
     * @throws CommandFailedException if there is nothing to be read, or what was read is malformed
     */
    public <T> T read(Reading<T> reading) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(open(), HEAD_BYTES)) {
            byte[] head = in.readNBytes(HEAD_BYTES);
            in.unread(head);
            return reading.from(in, recognise(head));
        } catch (NoSuchFileException e) {
            throw failure("there is no such file");
        } catch (AccessDeniedException e) {
            throw failure("may not be read by this user");
        } catch (MalformedInputException e) {
            throw failure(e.getMessage());
        }
    }

    /** A person who names one file means it, so what looks like a message is one; a route goes by name. */
    private DataFormat recognise(byte[] head) {
        DataFormat format = DataFormat.recognise(argument, head);
        return format == DataFormat.PLAIN && OpenPgpHeader.isIn(head) ? DataFormat.OPENPGP : format;
    }

    /** How many bytes it has at most, as far as that is known before it is read: of a pipe it is not. */
    public long mostBytes() throws IOException {
        Path file = Path.of(argument);
        return !isStandardInput() && Files.isRegularFile(file) ? Files.size(file) : Long.MAX_VALUE;
    }

    /**
     * Its size in bytes: as the file system has it, or of standard input, which is read to its end, as it is counted.
     *
     * @param alreadyRead how many bytes were taken from {@code rest} before
     */
    public long size(InputStream rest, long alreadyRead) throws IOException {
        return isStandardInput()
                ? alreadyRead + rest.transferTo(OutputStream.nullOutputStream())
                : Files.size(Path.of(argument));
    }

    /** Copies all that is left, with the buffer that Crypt4GH reads best. */
    public static void copy(InputStream in, OutputStream out) throws IOException {
        byte[] buffer = new byte[Crypt4ghFormat.READ_BUFFER_BYTES];
        for (int count; (count = in.read(buffer)) >= 0; ) {
            out.write(buffer, 0, count);
        }
    }

    /** As a channel, because reading {@link System#in} could not be interrupted. */
    private InputStream open() throws IOException {
        if (isStandardInput()) {
            return Channels.newInputStream(new FileInputStream(FileDescriptor.in).getChannel());
        }
        Path file = Path.of(argument);
        if (Files.isDirectory(file)) {
            throw failure("is a folder, and a file is needed");
        }
        return Files.newInputStream(file);
    }

    private CommandFailedException failure(@Nullable String reason) {
        return new CommandFailedException(ExitCode.FAILED, name() + ": " + reason);
    }
}
