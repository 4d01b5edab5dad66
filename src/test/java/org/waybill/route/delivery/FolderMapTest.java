package org.waybill.route.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FolderMapTest {

    private static final Recipient COMMON =
            new Recipient("all", "", "", Set.of(), "web", DeliveryForm.PLAIN, Optional.empty(), Bandwidth.UNLIMITED);

    @TempDir
    Path folder;

    @Test
    void readsRecipientsWithAllTheirTags() throws IOException {
        List<Recipient> recipients = read("""
                base_path,folder,folder_tag,label
                viral load,gaborone,12,bhs
                viral load,gaborone,14,bhs
                ,"shoshong",13,cdc1

                cd4,molepolole,*,cdc1
                """);

        assertThat(recipients).extracting(Recipient::name).containsExactly("gaborone", "shoshong", "molepolole");
        assertThat(recipients)
                .extracting(Recipient::folder)
                .containsExactly("viral load/gaborone", "shoshong", "cd4/molepolole");
        assertThat(recipients.get(0).tags()).containsExactlyInAnyOrder("12", "14");
        assertThat(recipients.get(0).label()).isEqualTo("bhs");
        assertThat(recipients.get(2).tags()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "base_path,folder,tag,label;a,b,1,l| line 1: the header is base_path,folder,tag,label",
                "base_path,folder,folder_tag,label;a,b,1| line 2: has 3 fields",
                "base_path,folder,folder_tag,label;a,b c,1,l| line 2: the folder is not a recipient's name",
                "base_path,folder,folder_tag,label;../a,b,1,l| line 2: \"../a/b\" is not a folder below the channel's",
                "base_path,folder,folder_tag,label;a,b,1,l;a,c,1,l| line 3: the tag 1 of label l is taken by line 2",
                "base_path,folder,folder_tag,label;a,b,1,l;x,b,2,l| line 3: the folder has another label or base_path than in line 2",
                "base_path,folder,folder_tag,label;a,b,,l| line 2: has no folder_tag",
            })
    void namesTheLineThatCannotBeUsed(String lines, String message) {
        assertThatThrownBy(() -> read(lines.replace(';', '\n')))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(message.strip());
    }

    @Test
    void saysThatThereIsNoMapOrThatItIsNotUtf8() throws IOException {
        assertThatThrownBy(() -> FolderMap.read(folder.resolve("no.csv"), COMMON))
                .hasMessageContaining("does not exist");
        Path latin1 = folder.resolve("latin1.csv");
        Files.write(latin1, "base_path,folder,folder_tag,label\nä,b,1,l\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> FolderMap.read(latin1, COMMON)).hasMessageContaining("is not UTF-8");
    }

    private List<Recipient> read(String text) throws IOException {
        Path file = folder.resolve("folders.csv");
        Files.writeString(file, text);
        return FolderMap.read(file, COMMON);
    }
}
