package org.waybill.format.document;

import java.util.Optional;
import org.waybill.format.document.text.DocumentText;

/**
 * An identifier that is to be found in the text of a document.
 *
 * <p>Found is the same sequence of characters, upper and lower case being different, with what becomes of it on its way through
 * a document: any dash for {@code -}; a line break, a non-breaking space, a soft hyphen or a character without width between
 * two characters; any white space for white space. Not found is what is a part of a longer identifier: a letter, a digit or
 * {@code _} before or after it, also with a dash, or a point and a digit, between them.
 */
public record Identifier(String text) {

    public Identifier {
        if (text.isBlank()) {
            throw new IllegalArgumentException("an identifier has at least one character");
        }
    }

    /**
     * Where an identifier begins.
     *
     * @param page counted from 1
     * @param position how many characters (of UTF-16) of the page's text stand before it
     */
    public record Place(int page, int position) {}

    /** Where it stands first. */
    public Optional<Place> in(DocumentText document) {
        for (int page = 0; page < document.pages().size(); page++) {
            String words = document.pages().get(page);
            for (int position = 0; position < words.length(); position++) {
                int end = end(words, position);
                if (end >= 0 && !isJoinedBefore(words, position) && !isJoinedAfter(words, end)) {
                    return Optional.of(new Place(page + 1, position));
                }
            }
        }
        return Optional.empty();
    }

    /** The end of the identifier if it begins at a position, otherwise -1. */
    private int end(String words, int position) {
        int at = position;
        for (int i = 0; i < text.length(); i++) {
            char wanted = text.charAt(i);
            int next = i == 0 ? at : afterGap(words, at, wanted);
            if (next >= words.length() || !isSame(wanted, words.charAt(next))) {
                return -1;
            }
            at = next + 1;
            while (isSpace(wanted) && at < words.length() && isSpace(words.charAt(at))) {
                at++;
            }
        }
        return at;
    }

    /** Leaves out what may stand between two characters. A soft hyphen is one of them, or the dash that is wanted. */
    private static int afterGap(String words, int from, char wanted) {
        if (isSpace(wanted)) {
            return from;
        }
        int at = afterInvisible(words, from);
        int line = afterLineBreak(words, at);
        if (line > at) {
            at = afterInvisible(words, line);
        }
        if (isDash(wanted) && !(at < words.length() && isDash(words.charAt(at)))) {
            int soft = words.substring(from, at).indexOf('\u00AD');
            return soft < 0 ? at : from + soft;
        }
        return at;
    }

    private static int afterInvisible(String words, int from) {
        int at = from;
        while (at < words.length() && (isWithoutWidth(words.charAt(at)) || isNoBreakSpace(words.charAt(at)))) {
            at++;
        }
        return at;
    }

    /** One line break, with the blanks around it; where there is none, the same position. */
    private static int afterLineBreak(String words, int from) {
        int at = afterBlanks(words, from);
        if (at >= words.length() || !isLineBreak(words.charAt(at))) {
            return from;
        }
        boolean two = words.charAt(at) == '\r' && at + 1 < words.length() && words.charAt(at + 1) == '\n';
        return afterBlanks(words, at + (two ? 2 : 1));
    }

    private static int afterBlanks(String words, int from) {
        int at = from;
        while (at < words.length() && (words.charAt(at) == ' ' || words.charAt(at) == '\t')) {
            at++;
        }
        return at;
    }

    private static boolean isJoinedBefore(String words, int start) {
        int at = beforeWithoutWidth(words, start);
        if (at > 0 && isDash(words.charAt(at - 1))) {
            at = beforeWithoutWidth(words, at - 1);
        } else if (at > 1 && words.charAt(at - 1) == '.' && Character.isDigit(words.charAt(at - 2))) {
            return true;
        }
        return at > 0 && isOfAWord(words.codePointBefore(at));
    }

    private static int beforeWithoutWidth(String words, int end) {
        int at = end;
        while (at > 0 && isWithoutWidth(words.charAt(at - 1))) {
            at--;
        }
        return at;
    }

    private static boolean isJoinedAfter(String words, int end) {
        int at = afterWithoutWidth(words, end);
        if (at < words.length() && isDash(words.charAt(at))) {
            at = afterWithoutWidth(words, at + 1);
            at = afterWithoutWidth(words, afterLineBreak(words, at));
        } else if (at + 1 < words.length() && words.charAt(at) == '.' && Character.isDigit(words.charAt(at + 1))) {
            return true;
        }
        return at < words.length() && isOfAWord(words.codePointAt(at));
    }

    private static int afterWithoutWidth(String words, int from) {
        int at = from;
        while (at < words.length() && isWithoutWidth(words.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isSame(char wanted, char found) {
        return wanted == found
                || (isDash(wanted) && (isDash(found) || found == '\u00AD'))
                || (isSpace(wanted) && isSpace(found));
    }

    private static boolean isOfAWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || codePoint == '_';
    }

    private static boolean isDash(char c) {
        return Character.getType(c) == Character.DASH_PUNCTUATION || c == '\u2212'; // that one is the minus sign
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || isNoBreakSpace(c);
    }

    private static boolean isNoBreakSpace(char c) {
        return c == '\u00A0' || c == '\u2007' || c == '\u202F';
    }

    /** Soft hyphens, joiners, marks of direction, and the like. */
    private static boolean isWithoutWidth(char c) {
        return Character.getType(c) == Character.FORMAT;
    }

    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }
}
