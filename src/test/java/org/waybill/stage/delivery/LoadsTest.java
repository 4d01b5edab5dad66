package org.waybill.stage.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.format.Checksum;
import org.waybill.format.ChecksumAlgorithm;
import org.waybill.ledger.delivery.Consignment;
import org.waybill.ledger.delivery.DeliveryState;

class LoadsTest {

    private static final Checksum SHA256 = new Checksum(ChecksumAlgorithm.SHA256, "0".repeat(64));
    private static final int SMALL = 128 * 1024;

    /** Few are spread over what a channel does at the same time, many are not all in one. */
    @ParameterizedTest
    @CsvSource({"1, 1", "4, 1", "5, 2", "20, 5", "64, 16", "65, 16", "256, 16"})
    void smallFilesGoTogether(int files, int most) {
        List<Consignment> batch = batch(files, SMALL, DeliveryState.PENDING);

        List<List<Consignment>> loads = Loads.of(batch);

        assertThat(loads.stream().flatMap(List::stream)).containsExactlyElementsOf(batch);
        assertThat(loads.get(0)).hasSize(most);
        assertThat(loads).allMatch(load -> !load.isEmpty() && load.size() <= most);
    }

    @Test
    void largeFilesAndRecallsGoAlone() {
        List<Consignment> alone = Stream.concat(
                        batch(3, SMALL + 1, DeliveryState.PENDING).stream(),
                        batch(3, 10, DeliveryState.RECALLING).stream())
                .toList();
        List<Consignment> batch = new ArrayList<>(alone);
        batch.addAll(batch(8, 10, DeliveryState.PENDING));

        List<List<Consignment>> loads = Loads.of(batch);

        assertThat(loads.subList(0, 6))
                .containsExactlyElementsOf(alone.stream().map(List::of).toList());
        assertThat(loads.subList(6, loads.size())).hasSize(4).allMatch(load -> load.size() == 2);
    }

    @Test
    void nothingMakesNoLoads() {
        assertThat(Loads.of(List.of())).isEmpty();
    }

    private static List<Consignment> batch(int files, long sizeBytes, DeliveryState state) {
        List<Consignment> batch = new ArrayList<>();
        for (int i = 0; i < files; i++) {
            batch.add(new Consignment(
                    sizeBytes + i,
                    state,
                    i,
                    "north",
                    "clinics",
                    "file",
                    "PLAIN",
                    null,
                    false,
                    "D/file.c4gh",
                    sizeBytes,
                    SHA256,
                    sizeBytes,
                    SHA256,
                    null));
        }
        return batch;
    }
}
