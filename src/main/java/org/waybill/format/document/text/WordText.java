package org.waybill.format.document.text;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The text of a Word document ({@code .docx}, ECMA-376 part 1, WordprocessingML): of its body, then, on its first page, that of
 * its headers and footers. Deleted text that is still on record, and the codes of fields, do not count.
 */
final class WordText {

    private static final String PART = "application/vnd.openxmlformats-officedocument.wordprocessingml.";

    private final Budget budget;
    private final List<StringBuilder> pages = new ArrayList<>();

    private WordText(Budget budget) {
        this.budget = budget;
    }

    /** @throws IOException if it is damaged; so is each other fault but that of the budget */
    static DocumentText read(byte[] content, Budget budget) throws IOException, XMLStreamException {
        WordText word = new WordText(budget);
        word.newPage();
        try (OfficeParts parts = OfficeParts.of(content)) {
            for (String part : parts.named(PART + "document.main+xml")) {
                word.add(parts, part, true);
            }
            List<String> around = Stream.of("header+xml", "footer+xml")
                    .flatMap(kind -> parts.named(PART + kind).stream())
                    .toList();
            for (String part : around) {
                word.add(parts, part, false);
            }
        }
        return new DocumentText(word.pages.stream().map(StringBuilder::toString).toList());
    }

    private void newPage() {
        budget.page();
        pages.add(new StringBuilder());
    }

    private void add(OfficeParts parts, String part, boolean isBody) throws IOException, XMLStreamException {
        try (InputStream in = budget.paying(parts.open(part))) {
            XMLStreamReader xml = OfficeParts.xml(in);
            boolean isText = false;
            while (xml.hasNext()) {
                switch (xml.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        isText = xml.getLocalName().equals("t");
                        begin(xml, isBody);
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        isText = false;
                        end(xml.getLocalName(), isBody);
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (isText) {
                            append(xml.getText(), isBody);
                        }
                    }
                    default -> {}
                }
            }
        }
    }

    private void begin(XMLStreamReader xml, boolean isBody) {
        switch (xml.getLocalName()) {
            case "tab" -> append("\t", isBody);
            case "cr" -> append("\n", isBody);
            case "noBreakHyphen" -> append("\u2011", isBody);
            case "softHyphen" -> append("\u00AD", isBody);
            case "br" -> {
                append("\n", isBody);
                if (isBody && "page".equals(xml.getAttributeValue(xml.getNamespaceURI(), "type"))) {
                    newPage();
                }
            }
            default -> {}
        }
    }

    private void end(String element, boolean isBody) {
        if (element.equals("p")) {
            append("\n", isBody);
        } else if (element.equals("tc")) {
            append("\t", isBody); // so that no identifier goes from one cell into the next
        }
    }

    private void append(String text, boolean isBody) {
        budget.characters(text.length());
        pages.get(isBody ? pages.size() - 1 : 0).append(text);
    }
}
