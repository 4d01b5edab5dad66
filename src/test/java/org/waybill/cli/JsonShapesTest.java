package org.waybill.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The JSON documents are an interface: their keys, in their order, and what they hold. */
class JsonShapesTest {

    private static final Path GOLDEN = Path.of("src/test/resources/cli/json-shapes.txt");

    private static final Map<String, String> DOCUMENTS = new LinkedHashMap<>();

    static {
        DOCUMENTS.put("any failure", "org.waybill.cli.Output$ErrorDocument");
        DOCUMENTS.put("run", "org.waybill.cli.run.RunDocument");
        DOCUMENTS.put("run --plan", "org.waybill.cli.run.PlanDocument");
        DOCUMENTS.put("runs list, each", "org.waybill.run.history.RunRow");
        DOCUMENTS.put("runs show", "org.waybill.run.history.RunSheet");
        DOCUMENTS.put("runs open", "org.waybill.cli.run.control.OpenSheet");
        DOCUMENTS.put("runs restart, each", "org.waybill.cli.run.RunDocument");
        DOCUMENTS.put("runs restart --plan, each", "org.waybill.cli.run.control.RestartCommand$Planned");
        DOCUMENTS.put("runs stop, runs watch", "org.waybill.run.history.RunRow");
        DOCUMENTS.put("runs acknowledge, runs abandon, each", "org.waybill.cli.run.control.Decided");
        DOCUMENTS.put("runs purge", "org.waybill.cli.run.control.PurgeCommand$Purged");
        DOCUMENTS.put("files list, each", "org.waybill.ledger.listing.FileRow");
        DOCUMENTS.put("files show", "org.waybill.ledger.listing.FileSheet");
        DOCUMENTS.put("files readmit, files set-state, each", "org.waybill.cli.files.Moved");
        DOCUMENTS.put("files acknowledge, files abandon, each", "org.waybill.cli.files.DecisionCommands$Decided");
        DOCUMENTS.put("datasets list, each", "org.waybill.ledger.listing.DatasetListing$DatasetRow");
        DOCUMENTS.put("datasets show", "org.waybill.cli.files.DatasetsCommand$Show$DatasetDocument");
        DOCUMENTS.put("deliveries list, each", "org.waybill.ledger.delivery.DeliveryListing$Row");
        DOCUMENTS.put("deliveries show", "org.waybill.ledger.delivery.DeliverySheet");
        DOCUMENTS.put(
                "deliveries resend, deliveries recall, each", "org.waybill.cli.delivery.DeliveryMoveCommands$Moved");
        DOCUMENTS.put("receipts list, each", "org.waybill.ledger.delivery.ReceiptListing$Row");
        DOCUMENTS.put("report", "org.waybill.report.Report");
        DOCUMENTS.put("check", "org.waybill.cli.run.CheckCommand$CheckDocument");
        DOCUMENTS.put("crypt keygen", "org.waybill.cli.crypt.KeygenCommand$KeyPair");
        DOCUMENTS.put("crypt encrypt", "org.waybill.cli.crypt.EncryptCommand$Encrypted");
        DOCUMENTS.put("crypt decrypt", "org.waybill.cli.crypt.DecryptCommand$Decrypted");
        DOCUMENTS.put("crypt rewrap", "org.waybill.cli.crypt.RewrapCommand$Rewrapped");
        DOCUMENTS.put("crypt inspect", "org.waybill.cli.crypt.Inspection");
        DOCUMENTS.put("demo --prepare", "org.waybill.cli.run.demo.DemoCommand$Prepared");
    }

    @Test
    void areAsTheyWere() throws Exception {
        StringBuilder shapes = new StringBuilder();
        for (Map.Entry<String, String> document : DOCUMENTS.entrySet()) {
            shapes.append(document.getKey()).append('\n');
            shapes.append(shape(Class.forName(document.getValue()), "  ")).append('\n');
        }
        assertThat(shapes.toString()).isEqualTo(golden());
    }

    /** How values are written: whoever reads the documents relies on it. */
    @Test
    void valuesAreWrittenPlainly() {
        record Sample(Instant at, long sizeBytes, double seconds, ExitCode code, List<String> none) {}

        assertThat(Output.toJson(
                        new Sample(Instant.parse("2026-07-01T18:00:00.5Z"), 1L << 40, 0.25, ExitCode.DONE, List.of())))
                .isEqualTo("""
                        {
                          "at" : "2026-07-01T18:00:00.500Z",
                          "sizeBytes" : 1099511627776,
                          "seconds" : 0.25,
                          "code" : "DONE",
                          "none" : [ ]
                        }""");
    }

    private static String shape(Class<?> type, String indent) {
        return Arrays.stream(type.getRecordComponents())
                .map(component -> indent + component.getName() + ":" + held(component, indent) + "\n")
                .collect(Collectors.joining());
    }

    private static String held(RecordComponent component, String indent) {
        return held(component.getGenericType(), indent);
    }

    private static String held(Type type, String indent) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            String last = held(arguments[arguments.length - 1], indent);
            return generic.getRawType().equals(Map.class) ? " by name," + last : " array of" + last;
        }
        if (type instanceof Class<?> plain && plain.isRecord()) {
            return "\n" + shape(plain, indent + "  ").stripTrailing();
        }
        return type instanceof Class<?> plain ? " " + plain.getSimpleName() : " value";
    }

    private static String golden() throws IOException {
        return Files.readString(GOLDEN);
    }
}
