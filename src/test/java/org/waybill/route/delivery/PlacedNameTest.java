package org.waybill.route.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlacedNameTest {

    @ParameterizedTest
    @CsvSource({
        "{name},                          1, report.tar.gz",
        "{name},                          3, report.tar.gz",
        "{stem}[-v{version}]{ending},     1, report.tar.gz",
        "{stem}[-v{version}]{ending},     2, report-v2.tar.gz",
        "{day}/{stem}.{version}{ending},  1, 2026-11-20/report.1.tar.gz",
        "{dataset}/{path},                1, D1/in/report.tar.gz",
    })
    void putsTogetherWhatTheTemplateSays(String template, int version, String name) throws Exception {
        assertThat(PlacedName.read(template).of("in/report.tar.gz", "", version, "D1", "2026-11-20"))
                .isEqualTo(name);
    }

    @Test
    void addsTheEndingOfTheForm() throws Exception {
        assertThat(PlacedName.read("{stem}[-v{version}]{ending}").of("a.vcf", ".c4gh", 2, "D", "2026-11-20"))
                .isEqualTo("a-v2.vcf.c4gh");
    }

    @Test
    void leavesANameWithoutAnEndingAndOneThatBeginsWithADotWhole() throws Exception {
        assertThat(PlacedName.read("{stem}[-v{version}]{ending}").of("README", "", 2, "D", "2026-11-20"))
                .isEqualTo("README-v2");
        assertThat(PlacedName.read("{stem}[-v{version}]{ending}").of(".hidden", "", 2, "D", "2026-11-20"))
                .isEqualTo(".hidden-v2");
    }

    @Test
    void takesWhatStandsInANameAsItIs() throws Exception {
        assertThat(PlacedName.read("{stem}{ending}").of("a$1{name}.pdf", "", 1, "D", "2026-11-20"))
                .isEqualTo("a$1{name}.pdf");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "result", "{ending}", "/{name}", "../{name}", "{nam}", "{name", "{name}]", "{name}\\x"})
    void refusesWhatIsNoName(String template) {
        assertThatThrownBy(() -> PlacedName.read(template))
                .hasMessageContaining(template.equals("{nam}") ? "{nam}" : template);
    }

    @Test
    void knowsWhetherVersionsKeepTheirOwnNames() throws Exception {
        assertThat(PlacedName.read("{name}").keepsVersions()).isFalse();
        assertThat(PlacedName.read("{stem}[-v{version}]{ending}").keepsVersions())
                .isTrue();
    }
}
