package org.waybill.report.html;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** A row of small bars, the newest one on the right, each as high as its number compared with the highest. */
final class Sparkline {

    static final int HEIGHT = 28;
    private static final int BAR = 8;
    private static final int GAP = 3;
    private static final double LOWEST = 1.5; // so that a small number is seen, too

    private Sparkline() {}

    /** A bar in the units of the drawing, whose origin is at the top left. */
    record Bar(int x, String y, int width, String height, String look) {}

    static int width(int bars) {
        return Math.max(1, bars * (BAR + GAP) - GAP);
    }

    /** @param failed whether the run of each number ended otherwise than completed */
    static List<Bar> bars(List<Double> numbers, List<Boolean> failed) {
        double highest = numbers.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        return IntStream.range(0, numbers.size())
                .mapToObj(i -> {
                    double height = Math.max(LOWEST, highest == 0 ? 0 : HEIGHT * numbers.get(i) / highest);
                    String look = failed.get(i) ? "failed" : i == numbers.size() - 1 ? "last" : "bar";
                    return new Bar(i * (BAR + GAP), number(HEIGHT - height), BAR, number(height), look);
                })
                .toList();
    }

    private static String number(double units) {
        return String.format(Locale.ROOT, "%.1f", units);
    }
}
