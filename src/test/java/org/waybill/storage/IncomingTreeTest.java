package org.waybill.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.waybill.storage.FileFacts.Kind;
import org.waybill.storage.IncomingTree.Entry;

class IncomingTreeTest {

    private static final Predicate<String> NOTHING = name -> false;

    @TempDir
    private Path root;

    @Test
    void findsFilesAtEveryDepth() throws IOException, InterruptedException {
        Shell.in(root, "mkdir -p a/b/c empty; echo 1 > top; echo 2 > a/file; echo 3 > a/b/c/file");
        assertThat(entries(NOTHING))
                .allSatisfy(entry -> assertThat(entry.fault()).isNull())
                .extracting(Entry::path)
                .containsExactlyInAnyOrder("top", "a/file", "a/b/c/file");
    }

    @Test
    void tellsTheFactsOfEachFile() throws IOException, InterruptedException {
        Shell.in(root, "mkdir sub; echo content > sub/file");
        assertThat(entries(NOTHING))
                .containsExactly(new Entry("sub/file", FileFacts.of(root.resolve("sub/file")), null));
    }

    @Test
    void findsNothingInAnEmptyFolderAndStaysAtItsEnd() throws IOException {
        try (IncomingTree tree = new IncomingTree(root, NOTHING)) {
            assertThat(tree.next()).isNull();
            assertThat(tree.next()).isNull();
        }
    }

    @Test
    void followsNoLinksAndOpensNoPipes() throws IOException, InterruptedException {
        Shell.in(root, "mkdir sub; ln -s sub folder-link; ln -s nowhere sub/link; mkfifo pipe");
        assertThat(entries(NOTHING))
                .extracting(Entry::path, Entry::fault)
                .containsExactlyInAnyOrder(
                        tuple("folder-link", "it is a " + Kind.LINK),
                        tuple("sub/link", "it is a " + Kind.LINK),
                        tuple("pipe", "it is a " + Kind.OTHER));
    }

    @Test
    void entersNoIgnoredFolder() throws IOException, InterruptedException {
        Shell.in(root, "mkdir -p skip/deep keep; echo 1 > skip/deep/file; echo 2 > keep/file; echo 3 > keep/skip");
        List<String> asked = new ArrayList<>();
        assertThat(entries(name -> {
                    asked.add(name);
                    return name.equals("skip");
                }))
                .extracting(Entry::path)
                .containsExactly("keep/file");
        assertThat(asked).doesNotContain("deep");
    }

    @Test
    void passesOverOurHiddenFolderOnlyAtTheTop() throws IOException, InterruptedException {
        Shell.in(
                root,
                "mkdir -p .waybill/received sub/.waybill; echo 1 > .waybill/received/1; echo 2 > sub/.waybill/file");
        assertThat(entries(NOTHING)).extracting(Entry::path).containsExactly("sub/.waybill/file");
    }

    @Test
    void tellsNamesApartThatAreNotUtf8() throws IOException, InterruptedException {
        Shell.in(root, "touch $'a\\xff' $'a\\xfe' å; mkdir $'d\\xff'; touch $'d\\xff/file'");
        assertThat(entries(NOTHING))
                .extracting(Entry::path, Entry::fault)
                .containsExactlyInAnyOrder(
                        tuple("å", null),
                        tuple("a%FF", "its name is not UTF-8"),
                        tuple("a%FE", "its name is not UTF-8"),
                        tuple("d%FF/file", "its name is not UTF-8"));
    }

    @Test
    void passesOverWhatVanishesOnTheWay() throws IOException, InterruptedException {
        Shell.in(root, "for i in {1..50}; do mkdir d$i; touch d$i/file; touch f$i; done");
        List<Entry> found = new ArrayList<>();
        try (IncomingTree tree = new IncomingTree(root, NOTHING)) {
            found.add(tree.next());
            Shell.in(root, "rm -r d* f*");
            for (Entry entry = tree.next(); entry != null; entry = tree.next()) {
                found.add(entry);
            }
        }
        assertThat(found).hasSizeLessThan(5).allSatisfy(entry -> assertThat(entry.fault())
                .isNull());
    }

    @Test
    void refusesAnIncomingFolderThatIsNotThere() throws IOException {
        try (IncomingTree tree = new IncomingTree(root.resolve("missing"), NOTHING)) {
            assertThatThrownBy(tree::next).isInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void findsEachOfManyFilesOnce() throws IOException, InterruptedException {
        Shell.in(root, "mkdir many && cd many && seq 100000 | xargs touch");
        boolean[] found = new boolean[100_001];
        int count = 0;
        try (IncomingTree tree = new IncomingTree(root, NOTHING)) {
            for (Entry entry = tree.next(); entry != null; entry = tree.next()) {
                int number = Integer.parseInt(entry.path().substring("many/".length()));
                assertThat(found[number]).isFalse();
                found[number] = true;
                count++;
            }
        }
        assertThat(count).isEqualTo(100_000);
    }

    private List<Entry> entries(Predicate<String> ignored) throws IOException {
        List<Entry> entries = new ArrayList<>();
        try (IncomingTree tree = new IncomingTree(root, ignored)) {
            for (Entry entry = tree.next(); entry != null; entry = tree.next()) {
                entries.add(entry);
            }
        }
        return entries;
    }
}
