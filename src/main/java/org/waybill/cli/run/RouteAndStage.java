package org.waybill.cli.run;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.route.Route;
import org.waybill.run.Stage;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * {@code ROUTE} or {@code ROUTE.STAGE}.
 *
 * @param stage null for the whole way
 */
public record RouteAndStage(String route, @Nullable Stage stage) {

    /** The stages that are meant, in their order: the whole way if none is named. */
    public List<Stage> stages(Route route) {
        return stage == null ? Stage.of(route) : List.of(stage);
    }

    static RouteAndStage of(String text) {
        int dot = text.indexOf('.');
        if (dot < 0) {
            return new RouteAndStage(text, null);
        }
        String label = text.substring(dot + 1);
        return new RouteAndStage(
                text.substring(0, dot),
                Stage.labelled(label)
                        .orElseThrow(() -> new TypeConversionException("'" + label + "' is not a stage; they are "
                                + Arrays.stream(Stage.values())
                                        .map(Stage::label)
                                        .collect(Collectors.joining(", ")))));
    }

    /** For picocli. */
    public static final class Converter implements ITypeConverter<RouteAndStage> {
        @Override
        public RouteAndStage convert(String text) {
            return of(text);
        }
    }
}
