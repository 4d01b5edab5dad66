package org.waybill.format.document.text;

/** The text of a document cannot be had. The message never quotes it. */
public final class UnreadableDocumentException extends Exception {

    /** Why. */
    public enum Kind {
        ENCRYPTED("it is encrypted or locked by a password"),
        WITHOUT_TEXT("it has no text, as a scan has none"),
        DAMAGED("it is damaged"),
        BEYOND_LIMITS("it is larger, or unpacks to more, than a document may"),
        TOO_SLOW("reading it takes too long"),
        NOT_READ("its kind is not read");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private final Kind kind;

    /** @param detail what was found, without any content; may be empty */
    UnreadableDocumentException(Kind kind, String detail) {
        super(detail.isEmpty() ? kind.words : kind.words + ": " + detail);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }
}
