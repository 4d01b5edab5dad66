package org.waybill.report.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The page's colours can be read by the measure of WCAG 2.2, level AA: on a screen, light and dark, and on paper. */
class HtmlReportContrastTest {

    private static final double FOR_TEXT = 4.5; // success criterion 1.4.3
    private static final double FOR_DRAWINGS = 3; // success criterion 1.4.11
    private static final Pattern PALETTE = Pattern.compile(":root \\{([^}]*)}");
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+): #([0-9a-f]{3,6})");

    @Test
    void textStandsOutFromItsPaper() throws IOException {
        List<Map<String, String>> palettes = palettes();
        assertThat(palettes).hasSize(3);
        for (Map<String, String> palette : palettes) {
            for (String ink : List.of("ink", "soft", "accent", "needed")) {
                assertContrast(palette, ink, "paper", FOR_TEXT);
                assertContrast(palette, ink, "card", FOR_TEXT);
            }
            assertContrast(palette, "ink", "code", FOR_TEXT);
            assertContrast(palette, "well", "well-paper", FOR_TEXT);
            assertContrast(palette, "needed", "needed-paper", FOR_TEXT);
        }
    }

    @Test
    void barsThatMeanSomethingStandOut() throws IOException {
        for (Map<String, String> palette : palettes()) {
            for (String bar : List.of("bar", "accent", "needed")) {
                assertContrast(palette, bar, "card", FOR_DRAWINGS);
            }
        }
    }

    private static void assertContrast(Map<String, String> palette, String ink, String paper, double least) {
        double one = luminance(Objects.requireNonNull(palette.get(ink)));
        double other = luminance(Objects.requireNonNull(palette.get(paper)));
        double contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
        assertThat(contrast).as("%s on %s in %s", ink, paper, palette).isGreaterThanOrEqualTo(least);
    }

    private static double luminance(String hex) {
        String six = hex.length() == 3 ? hex.replaceAll("(.)", "$1$1") : hex;
        double[] weights = {0.2126, 0.7152, 0.0722};
        double luminance = 0;
        for (int i = 0; i < 3; i++) {
            double channel = Integer.parseInt(six.substring(2 * i, 2 * i + 2), 16) / 255.0;
            luminance += weights[i] * (channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4));
        }
        return luminance;
    }

    private static List<Map<String, String>> palettes() throws IOException {
        List<Map<String, String>> palettes = new ArrayList<>();
        try (InputStream page = HtmlReport.class.getResourceAsStream("page.mustache")) {
            String text = new String(Objects.requireNonNull(page).readAllBytes(), StandardCharsets.UTF_8);
            Matcher palette = PALETTE.matcher(text);
            while (palette.find()) {
                Map<String, String> colours = new HashMap<>();
                Matcher colour = COLOUR.matcher(palette.group(1));
                while (colour.find()) {
                    colours.put(colour.group(1), colour.group(2));
                }
                palettes.add(colours);
            }
        }
        return palettes;
    }
}
