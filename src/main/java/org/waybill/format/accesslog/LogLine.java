package org.waybill.format.accesslog;

/** What one line of an access log says: a request, or that it could not be read. */
public sealed interface LogLine permits AccessLogLine, LogLine.Unparseable {

    /**
     * A line that could not be read.
     *
     * @param offset where in the line, in bytes from its start, the fault was noticed
     */
    record Unparseable(LineFault fault, int offset) implements LogLine {

        /** @throws IllegalArgumentException if the offset is negative */
        public Unparseable {
            if (offset < 0) {
                throw new IllegalArgumentException("an offset is not negative");
            }
        }
    }

    /** Reads single lines of one format. Remembers parts of the last line to be fast: one for each thread. */
    sealed interface Parser permits LayoutParser, PatternParser {

        /**
         * Reads one line. Throws for none, whatever its bytes.
         *
         * @param bytes are neither changed nor kept
         * @param from where the line begins
         * @param to where it ends, without its LF; a CR before that is left aside
         */
        LogLine parse(byte[] bytes, int from, int to);
    }
}
