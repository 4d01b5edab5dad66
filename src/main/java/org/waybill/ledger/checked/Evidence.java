package org.waybill.ledger.checked;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the checks of a route found in a file that passed them.
 *
 * @param mimeType what the content is
 * @param nameRule the pattern that fits its name; null if the route has none
 * @param page counted from 1, where the identifier stands first; null if the route does not ask
 * @param position how many characters of the page's text stand before it
 * @param commandExit exit code of the route's command; null if it has none
 */
public record Evidence(
        String mimeType,
        @Nullable String nameRule,
        @Nullable Integer page,
        @Nullable Integer position,
        @Nullable Integer commandExit) {

    public Evidence {
        if ((page == null) != (position == null)) {
            throw new IllegalArgumentException("a position is one on a page");
        }
    }

    /** In words, without any content. */
    @Override
    public String toString() {
        List<String> words = new ArrayList<>(List.of(mimeType));
        if (nameRule != null) {
            words.add("name " + nameRule);
        }
        if (page != null) {
            words.add("identifier on page " + page + " after " + position + " characters");
        }
        if (commandExit != null) {
            words.add("command exit " + commandExit);
        }
        return "checked: " + String.join(", ", words);
    }
}
