package org.waybill.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.ledger.FileRejectedException;
import org.waybill.ledger.Reason;
import org.waybill.storage.UnpublishedFile;

class BundleTest {

    @TempDir
    Path folder;

    private final List<String> steps = new ArrayList<>();
    private final Set<Long> refused = new HashSet<>();
    private final Map<Long, Integer> failures = new HashMap<>();
    private boolean fenced;

    @Test
    void publishesOnlyWhenAllAreMadeAndTheOwnershipIsConfirmed() throws IOException {
        assertThat(bundle().publish(List.of(1L, 2L))).containsExactly("published 1", "published 2");
        assertThat(steps).containsExactly("make 1", "make 2", "confirm", "publish 1", "publish 2");
        assertThat(Floor.filesBelow(folder)).hasSize(2);
    }

    @Test
    void refusedFileDoesNotHinderTheOthers() throws IOException {
        refused.add(2L);
        assertThat(bundle().publish(List.of(1L, 2L, 3L))).containsExactly("published 1", "refused 2", "published 3");
        assertThat(folder.resolve("2")).doesNotExist();
    }

    @Test
    void whatTheWorldFailsIsMadeAgainByItself() throws IOException {
        failures.put(2L, 2);
        assertThat(bundle().publish(List.of(1L, 2L, 3L))).containsExactly("published 1", "published 2", "published 3");
        assertThat(steps).containsSubsequence("publish 1", "make 2", "make 2", "confirm", "publish 2", "publish 3");
    }

    @Test
    void nameThatIsTakenFailsTheBundleAndLeavesNoOtherTrace() throws IOException {
        Files.writeString(folder.resolve("2"), "older");
        assertThatThrownBy(() -> bundle().publish(List.of(1L, 2L, 3L)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("file 2");
        assertThat(folder.resolve("2")).hasContent("older");
        assertThat(Floor.filesBelow(folder)).hasSize(2);
    }

    @Test
    void nothingIsPublishedOnceTheOwnershipIsLost() throws IOException {
        fenced = true;
        assertThatThrownBy(
                        () -> bundle().publish(LongStream.range(0, 50).boxed().toList()))
                .hasMessage("fenced");
        assertThat(folder).isEmptyDirectory();
    }

    private Bundle<Long, String> bundle() {
        return new Bundle<>(new Bundle.Work<Long, String>() {
            @Override
            public long id(Long file) {
                return file;
            }

            @Override
            public Bundle.Made<String> make(Long file) throws IOException, FileRejectedException {
                steps.add("make " + file);
                if (failures.merge(file, -1, Integer::sum) >= 0) {
                    throw new IOException("the disk is tired");
                }
                if (refused.contains(file)) {
                    throw new FileRejectedException(Reason.DAMAGED, "");
                }
                UnpublishedFile made = UnpublishedFile.beside(folder.resolve(file.toString()));
                made.stream().write(1);
                return new OneFile(file, made);
            }

            @Override
            public String refused(Long file, FileRejectedException fault) {
                return "refused " + file;
            }

            @Override
            public void beforePublishing() {
                steps.add("confirm");
                if (fenced) {
                    throw new IllegalStateException("fenced");
                }
            }
        });
    }

    private final class OneFile implements Bundle.Made<String> {

        private final long id;
        private final UnpublishedFile file;

        OneFile(long id, UnpublishedFile file) {
            this.id = id;
            this.file = file;
        }

        @Override
        public List<UnpublishedFile> unforced() {
            return List.of(file);
        }

        @Override
        public String publish() throws IOException {
            steps.add("publish " + id);
            file.publish();
            return "published " + id;
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
