package org.waybill.format.document.text;

import java.time.Duration;

/**
 * What reading a document may cost.
 *
 * @param pages how many it may have
 * @param characters how much text it may hold, and how large a text file may be in bytes
 * @param glyphsOfPage how many a page of a PDF may have: each of them is an object until the page is done
 * @param decodedBytes what all of its compressed parts together may unpack to, each as often as it is needed
 * @param time how long a processor may work on it
 */
public record DocumentLimits(int pages, int characters, int glyphsOfPage, long decodedBytes, Duration time) {

    /** Far more than a laboratory's result needs, and half of it at once fits into a heap of 512 MB. */
    public static final DocumentLimits USUAL =
            new DocumentLimits(2_000, 5_000_000, 200_000, 256L << 20, Duration.ofMinutes(1));

    public DocumentLimits {
        if (pages < 1 || characters < 1 || glyphsOfPage < 1 || decodedBytes < 1 || time.isNegative()) {
            throw new IllegalArgumentException("a limit is at least 1");
        }
    }
}
