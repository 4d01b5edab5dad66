package org.waybill.format.manifest;

/**
 * Why a row of a manifest is not taken, with its cause and its cure for the person who reads the report.
 *
 * <p>{@link ManifestReader} finds every fault that one row shows by itself. The faults that only show between rows
 * ({@link #DUPLICATE_NAME}, {@link #CASE_TWIN}, {@link #UNICODE_TWIN}, {@link #CONFLICTING_DECLARATION}) are for who
 * holds all rows; see {@link EntryName#twinKey()}.
 */
public enum RowFault {
    MALFORMED_ROW("The row does not follow the format of its manifest.", "Correct the row, or export it again."),
    BAD_ENCODING("The row holds bytes or characters that are not UTF-8.", "Write the manifest in UTF-8."),
    LINE_TOO_LONG("The row is longer than 64 KiB.", "Look for a missing line break or a quote that is not closed."),
    NO_ACCESS(
            "EGA answered with empty fields.", "Ask the data access committee whether this account may see the file."),

    MISSING_NAME("The row names no file.", "Add the file name."),
    MISSING_CHECKSUM(
            "The row declares neither a checksum nor a size.", "Add a checksum: nothing else proves a file whole."),
    BAD_CHECKSUM("The checksum is not a value of MD5, SHA-1, SHA-256 or SHA-512.", "Make the checksum again."),
    BAD_SIZE("The size is not a number of bytes.", "Write the size in bytes, in digits only."),

    ABSOLUTE_NAME("The name is an absolute path.", "Write the path below the incoming folder."),
    PARENT_SEGMENT("The name holds a '..' segment.", "Write the path below the incoming folder, without '..'."),
    EMPTY_SEGMENT("The name ends in '/' or holds '//'.", "Name a file, with single slashes."),
    RESERVED_NAME("The name lies in '.waybill', our own hidden folder.", "Rename the folder."),
    NUL_CHARACTER("The name holds a NUL character.", "Rename the file."),
    CONTROL_CHARACTER("The name holds a control character, such as a line break.", "Rename the file."),
    SEGMENT_TOO_LONG("A segment of the name is longer than 255 bytes.", "Shorten the name: no file system takes it."),
    NAME_TOO_LONG("The name is longer than 4096 bytes.", "Shorten the path: the system takes none of that length."),

    DUPLICATE_NAME("Another row of the manifest has the same name.", "Remove one of the rows."),
    CASE_TWIN("Another row has the same name but for the case of its letters.", "Rename one of the files."),
    UNICODE_TWIN("Another row has the same name in another Unicode form.", "Rename one of the files."),
    CONFLICTING_DECLARATION(
            "Two sizes, or two checksums of one kind, are declared for one file.",
            "Ask the sender which one is right.");

    private final String cause;
    private final String cure;

    RowFault(String cause, String cure) {
        this.cause = cause;
        this.cure = cure;
    }

    /** What is wrong, in one sentence. */
    public String cause() {
        return cause;
    }

    /** What to do about it, in one sentence. */
    public String cure() {
        return cure;
    }
}
