package org.waybill.cli.crypt.stream;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.waybill.cli.CommandFailedException;
import org.waybill.cli.ExitCode;
import org.waybill.cli.Session;

/**
 * What a command writes.
 *
 * @param argument the path of a file that does not exist yet, or {@code -} for standard output
 */
public record Destination(String argument) {

    /** Makes the bytes. */
    @FunctionalInterface
    public interface Writing<T> {
        T to(OutputStream out) throws IOException;
    }

    public boolean isStandardOutput() {
        return argument.equals("-");
    }

    /** For messages. */
    public String name() {
        return isStandardOutput() ? "standard output" : argument;
    }

    /**
     * Writes it, whole or not at all. Being asked to stop ends it.
     *
     * @throws CommandFailedException if there is such a file already, or the name cannot be used
     */
    public <T> T write(Session session, Writing<T> writing) throws Exception {
        if (isStandardOutput() && session.output().isJson()) {
            throw new CommandFailedException(
                    ExitCode.WRONG_USAGE, "--json prints on standard output, and so would OUT; write a file instead");
        }
        Thread worker = Thread.currentThread();
        try {
            return session.stopSignal().whileStoppable(worker::interrupt, () -> write(writing, session));
        } catch (IOException e) {
            if (session.stopSignal().isAsked()) {
                throw new CommandFailedException(ExitCode.STOPPED, "stopped on request; " + name() + " is not whole");
            }
            throw e;
        }
    }

    private <T> T write(Writing<T> writing, Session session) throws IOException {
        if (isStandardOutput()) {
            return writing.to(session.output().bytes());
        }
        Path target = Path.of(argument);
        refuseUnusable(target);
        try (NewFile file = NewFile.beside(target)) {
            T result = writing.to(file.stream());
            file.publish();
            return result;
        } catch (FileAlreadyExistsException e) {
            throw exists();
        } catch (AccessDeniedException e) {
            throw new CommandFailedException(ExitCode.FAILED, name() + ": this user may not make it there");
        }
    }

    private void refuseUnusable(Path target) {
        if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            throw exists();
        }
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new CommandFailedException(
                    ExitCode.FAILED, name() + ": the folder " + folder + " does not exist; make it first");
        }
    }

    private CommandFailedException exists() {
        return new CommandFailedException(
                ExitCode.FAILED, name() + ": exists already and is left as it is; name another file, or remove it");
    }
}
