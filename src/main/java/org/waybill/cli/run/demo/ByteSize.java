package org.waybill.cli.run.demo;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A size as a person writes it: {@code 5MB} is 5,000,000 bytes, {@code 64KiB} is 65,536, {@code 100} is 100. */
record ByteSize(long bytes) {

    private static final Pattern TEXT = Pattern.compile("(?<number>\\d{1,15})\\s*(?<unit>[kKMGT]?i?)B?");
    private static final Map<String, Long> UNITS = Map.of(
            "", 1L,
            "K", 1_000L,
            "M", 1_000_000L,
            "G", 1_000_000_000L,
            "T", 1_000_000_000_000L,
            "Ki", 1L << 10,
            "Mi", 1L << 20,
            "Gi", 1L << 30,
            "Ti", 1L << 40);

    /** For picocli. */
    static final class Converter implements ITypeConverter<ByteSize> {
        @Override
        public ByteSize convert(String text) {
            Matcher size = TEXT.matcher(text);
            Long unit = size.matches() ? UNITS.get(size.group("unit").replace('k', 'K')) : null;
            if (unit == null) {
                throw new TypeConversionException("'" + text + "' is no size; write 5MB, 64KiB or a number of bytes");
            }
            try {
                return new ByteSize(Math.multiplyExact(Long.parseLong(size.group("number")), unit));
            } catch (ArithmeticException e) {
                throw new TypeConversionException("'" + text + "' is more than any disk has");
            }
        }
    }
}
