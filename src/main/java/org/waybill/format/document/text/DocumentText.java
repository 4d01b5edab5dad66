package org.waybill.format.document.text;

import java.util.List;

/** The text of a document, page by page; lines end with a line feed. It is never printed. */
public record DocumentText(List<String> pages) {

    public DocumentText {
        pages = List.copyOf(pages);
    }

    boolean isBlank() {
        return pages.stream().allMatch(String::isBlank);
    }

    @Override
    public String toString() {
        return pages.size() + " pages";
    }
}
