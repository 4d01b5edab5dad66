package org.waybill.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.function.Supplier;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Where results and words go: results to standard output, as text or as one JSON document; all else to standard error. */
public final class Output {

    private final PrintStream out;
    private final PrintStream err;
    private final boolean json;
    private boolean documentIsOut;

    Output(PrintStream out, PrintStream err, boolean json) {
        this.out = out;
        this.err = err;
        this.json = json;
    }

    public boolean isJson() {
        return json;
    }

    /**
     * Prints the result of a command, once.
     *
     * @param document what is printed as JSON: records, lists and maps; its shape is an interface
     * @param text what a person reads instead
     */
    public void result(Object document, Supplier<String> text) {
        if (json) {
            out.println(toJson(document));
            documentIsOut = true;
        } else {
            line(text.get());
        }
        out.flush();
    }

    /** Prints a part of the result at once, for a person who waits; nothing if the result is to be JSON. */
    public void partOfResult(String text) {
        if (!json) {
            line(text);
            out.flush();
        }
    }

    /**
     * Standard output for the bytes of a file, which then are the result. Unlike the stream itself, it tells at once when the
     * bytes cannot be written.
     */
    public OutputStream bytes() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
                if (out.checkError()) {
                    throw new IOException(
                            "standard output does not take the bytes: it was closed, or its disk is full");
                }
            }
        };
    }

    /** Tells the person something that is not the result. */
    public void note(String text) {
        err.println("waybill: " + text);
        err.flush();
    }

    /** Standard error itself, for what draws on a terminal. */
    public PrintStream terminal() {
        return err;
    }

    void failure(Failure failure) {
        note(failure.message());
        if (json && !documentIsOut) {
            result(new ErrorDocument(Error.of(failure)), String::new);
        }
    }

    /** A document as JSON: keys in the order of the record's components, instants in ISO 8601 UTC. */
    public static String toJson(Object document) {
        return JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build()
                .writeValueAsString(document);
    }

    private void line(String text) {
        out.print(text);
        if (!text.isEmpty() && !text.endsWith("\n")) {
            out.println();
        }
    }

    /** What is printed instead of a result when a command fails. */
    record ErrorDocument(Error error) {}

    /**
     * A failure in a document.
     *
     * @param code the exit code
     */
    public record Error(int code, String message) {
        public static Error of(Failure failure) {
            return new Error(failure.code().number(), failure.message());
        }
    }
}
