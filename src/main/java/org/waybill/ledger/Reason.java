package org.waybill.ledger;

import java.util.Arrays;

/** Why a file is in quarantine: the code that is stored, its cause, and its cure. */
public enum Reason {
    ENCRYPTED_CHECKSUM_MISMATCH(
            "the file as sent has another checksum than its manifest declares",
            "have it sent again, or have the manifest corrected"),
    PLAIN_CHECKSUM_MISMATCH(
            "the decrypted content has another checksum than its manifest declares; for .cip also a wrong password",
            "have it sent again, or have the manifest corrected; check the password of the route"),
    ENCRYPTED_SIZE_MISMATCH(
            "the file as sent has another size than its manifest declares",
            "have it sent again, or have the manifest corrected"),
    PLAIN_SIZE_MISMATCH(
            "the decrypted content has another size than its manifest declares, so parts may be missing",
            "have it sent again, or have the manifest corrected"),
    NO_KEY_FITS(
            "none of the route's secret keys opens the file",
            "add the key to the route, or have it encrypted for ours"),
    SENDER_NOT_TRUSTED(
            "the file was not made with the key of a sender that the route trusts",
            "find out who made it; if rightly, add the sender's public key to the route, then readmit it"),
    SIGNATURE_WRONG(
            "the file claims to be signed by a signer of the route, and the signature does not fit its content",
            "have it sent again, and ask the sender whether it was signed so"),
    INFLATES_TOO_MUCH(
            "its content is larger than the limits of the route allow, or wrapped in too many layers, as a bomb is",
            "look where it comes from; if it is right, raise max-size or max-expansion in the route"),
    DAMAGED("the encrypted bytes fail their authentication: they were changed or swapped", "have it sent again"),
    TRUNCATED("the encrypted file ends in the middle of a block", "have it sent again"),
    MALFORMED("the file does not follow its format", "have it sent again; inspect it with: waybill crypt inspect"),
    UNPROVABLE(
            "nothing declares a digest of the content, and the format cannot tell damage by itself",
            "have the checksum of the plain content declared"),
    PLAINTEXT_REFUSED("the file arrived unencrypted, which the route does not accept", "have it sent encrypted"),
    FORMAT_NOT_READ(
            "the route has no key for the format that the file is in", "add the key to the route's decrypt section"),
    NAME_NOT_ALLOWED(
            "the name of the file fits none of the patterns of the route's checks",
            "have it sent under a right name, or add its pattern to the route's checks, then readmit it"),
    TYPE_NOT_ALLOWED(
            "the content is of another type than the route's checks allow, whatever the file is called",
            "have it sent as what it should be, or add its type to the route's checks, then readmit it"),
    IDENTIFIER_NOT_IN_TEXT(
            "the identifier in the name of the file stands nowhere in its text: it may be another person's result",
            "compare name and content; have it sent again under the right name"),
    UNREADABLE_DOCUMENT(
            "the text of the document cannot be read, so nobody can tell whose it is",
            "have it sent as a whole, unlocked document with text in it; a scan needs text recognition first"),
    CHECK_FAILED(
            "the command of the route's checks did not accept the content",
            "run the command on the content by hand; if the file is right, mend the command, then readmit it"),
    CHANGED_WHILE_READ("the file changed while it was read", "find out who still writes to it, then readmit it"),
    MISSING("the received file is no longer where it was put", "find out who removed it; have it sent again"),
    ARCHIVE_NAME_TAKEN(
            "the archive holds other content under the same name; nothing was replaced",
            "look at both, move the older one away if it is wrong, then readmit this one"),
    ARCHIVE_NAME_TOO_LONG(
            "its name with the suffixes of the archive and of the check-sum files is longer than a file system allows",
            "have it sent under a shorter name"),
    RECIPIENT_UNKNOWN(
            "no rule of the route says who gets the file, or nobody has the tag that was found in its name",
            "correct the rules, the recipients or the folder map, then readmit it; see: waybill run ROUTE.delivery --plan"),
    RECIPIENT_AMBIGUOUS(
            "rules of the route disagree on who gets the file, or several recipients have its tag",
            "correct the rules, the recipients or the folder map, then readmit it; see: waybill run ROUTE.delivery --plan");

    private final String cause;
    private final String cure;

    Reason(String cause, String cure) {
        this.cause = cause;
        this.cure = cure;
    }

    /** Whether a text is the code of a reason. */
    static boolean isCode(String text) {
        return Arrays.stream(values()).anyMatch(reason -> reason.name().equals(text));
    }

    public String cause() {
        return cause;
    }

    public String cure() {
        return cure;
    }
}
