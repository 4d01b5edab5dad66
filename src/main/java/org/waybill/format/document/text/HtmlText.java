package org.waybill.format.document.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;

/** The words of a web page that a browser shows; its style sheets are not looked at. One page, cells parted by tabs. */
final class HtmlText implements NodeFilter {

    private static final Set<String> NOT_SHOWN =
            Set.of("head", "script", "style", "template", "noscript", "textarea", "select", "iframe", "object");
    private static final Set<String> CELLS = Set.of("td", "th");

    private final StringBuilder text = new StringBuilder();
    private final Budget budget;

    private HtmlText(Budget budget) {
        this.budget = budget;
    }

    static DocumentText read(byte[] content, Budget budget) throws IOException {
        budget.wholeText(content.length);
        budget.page();
        Document document = Jsoup.parse(new ByteArrayInputStream(content), null, "");
        HtmlText html = new HtmlText(budget);
        document.filter(html);
        return new DocumentText(List.of(html.text.toString()));
    }

    @Override
    public FilterResult head(Node node, int depth) {
        budget.time();
        if (node instanceof TextNode words) {
            String shown = words.getWholeText().replaceAll("[ \\t\\r\\n\\f]+", " ");
            budget.characters(shown.length());
            text.append(shown);
        }
        if (node instanceof Element element) {
            if (isNotShown(element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            separate(element);
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element && !element.normalName().equals("br")) {
            separate(element);
        }
        return FilterResult.CONTINUE;
    }

    private void separate(Element element) {
        if (CELLS.contains(element.normalName())) {
            text.append('\t');
        } else if (element.isBlock() || element.normalName().equals("br")) {
            text.append('\n');
        }
    }

    private static boolean isNotShown(Element element) {
        return NOT_SHOWN.contains(element.normalName())
                || element.hasAttr("hidden")
                || element.attr("style")
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("\\s", "")
                        .matches(".*(display:none|visibility:hidden).*");
    }
}
