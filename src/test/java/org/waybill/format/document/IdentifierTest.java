package org.waybill.format.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.format.document.Identifier.Place;
import org.waybill.format.document.text.DocumentText;

class IdentifierTest {

    private static final Identifier SUBJECT = new Identifier("066-12000001-3");

    @Test
    void tellsPageAndPosition() {
        assertThat(SUBJECT.in(new DocumentText(List.of("one", "", "Subject: 066-12000001-3, again 066-12000001-3"))))
                .contains(new Place(3, 9));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "066-12000001-3",
                "(066-12000001-3)",
                "Subject:066-12000001-3.",
                "066-12000001-3.pdf",
                "066-12000001-3/2",
                "066-12000001-\n3",
                "066-1200\n0001-3",
                "066-12000001 \r\n  -3",
                "066\n-12000001-\n3",
                "066\u201012000001\u20113",
                "066\u201312000001\u22123",
                "066\uFF0D12000001\uFE633",
                "066-\u00AD12000001-3",
                "066\u00AD-12000001-3",
                "066\u00AD12000001\u00AD3",
                "066-1200\u200B0001-3",
                "066-\u00A012000001\u00A0-3",
                "066-12\u00AD\n000001-3",
                "1\u00A0066-12000001-3\u00A01",
                "1\n066-12000001-3\n1",
                "066-12000001-3 - normal",
                "normal - 066-12000001-3",
                "1066-12000001-3 and 066-12000001-3",
                "066-066-12000001-3 066-12000001-3"
            })
    void isFound(String text) {
        assertThat(SUBJECT.in(new DocumentText(List.of(text)))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "066-12000001",
                "066-12000001-4",
                "1066-12000001-31",
                "1066-12000001-3",
                "066-12000001-31",
                "066-12000001-3a",
                "a066-12000001-3",
                "_066-12000001-3",
                "066-12000001-3_",
                "9\u00AD066-12000001-3",
                "066-12000001-3\u200B1",
                "066-12000001-3-1",
                "066-12000001-3\u20111",
                "066-12000001-3-\n1",
                "066-12000001-3\u00AD-\u00AD1",
                "9-066-12000001-3",
                "9\u2013066-12000001-3",
                "7.066-12000001-3",
                "066-12000001-3.5",
                "066 12000001 3",
                "066-1200 0001-3",
                "066-12000001\t-3",
                "066-12000001-\n\n3",
                "066--12000001-3",
                "06612000001-3",
                "٠٦٦-12000001-3",
                "066-12000001-3٣"
            })
    void isNotFound(String text) {
        assertThat(SUBJECT.in(new DocumentText(List.of(text)))).isEmpty();
    }

    @Test
    void isNotFoundAcrossPages() {
        assertThat(SUBJECT.in(new DocumentText(List.of("066-12000001-", "3")))).isEmpty();
    }

    @Test
    void caseAndLettersCount() {
        Identifier named = new Identifier("Ab-1");
        assertThat(named.in(new DocumentText(List.of("x Ab-1 y")))).isPresent();
        assertThat(named.in(new DocumentText(List.of("x AB-1 y")))).isEmpty();
    }

    @Test
    void whiteSpaceInItIsAnyWhiteSpace() {
        Identifier spaced = new Identifier("A 1");
        assertThat(spaced.in(new DocumentText(List.of("x A \n 1 y")))).isPresent();
        assertThat(spaced.in(new DocumentText(List.of("x A1 y")))).isEmpty();
    }

    @Test
    void blankOneIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Identifier(" "));
    }
}
