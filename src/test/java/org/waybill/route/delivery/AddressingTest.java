package org.waybill.route.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.route.delivery.AddressRule.Subject;
import org.waybill.route.delivery.Addressing.Addressed;
import org.waybill.route.delivery.Addressing.Ambiguous;
import org.waybill.route.delivery.Addressing.Decision;
import org.waybill.route.delivery.Addressing.Unknown;

/** Who gets what; the three patterns are those of laboratories that sent results by getresults-distribute. */
class AddressingTest {

    private static final AddressRule BHS = byTag("bhs", "066-(?<tag>[0-9]{2})[0-9]{6}-[0-9].*");
    private static final AddressRule CDC1 = byTag("cdc1", "[123](?<tag>[0-9]{2})-[0-9]{4}.*");
    private static final AddressRule CDC2 = byTag("cdc2", "[0-9]{2}-(?<tag>[0-9]{2})-[0-9]{3}-[0-9]{2}.*");
    private static final Recipient GABORONE = recipient("gaborone", "bhs", "12");
    private static final Recipient SHOSHONG = recipient("shoshong", "cdc1", "13");
    private static final Recipient LENTSWELETAU = recipient("lentsweletau", "cdc2", "34");
    private static final Addressing LABORATORY =
            new Addressing(List.of(BHS, CDC1, CDC2), List.of(GABORONE, SHOSHONG, LENTSWELETAU));

    @ParameterizedTest
    @CsvSource({
        "066-12000001-3.pdf, gaborone",
        "113-4567.pdf,       shoshong",
        "12-34-567-89.pdf,   lentsweletau",
        "in/066-12000001-3.pdf, gaborone",
    })
    void aTagInTheNameSaysWhoGetsIt(String path, String recipient) {
        assertThat(recipients(LABORATORY.decide(of(path)))).containsExactly(recipient);
    }

    @Test
    void tellsTheRuleAndTheTag() {
        assertThat(((Addressed) LABORATORY.decide(of("066-12000001-3.pdf"))).why())
                .isEqualTo("bhs, tag 12");
    }

    @ParameterizedTest
    @CsvSource({"066-99000001-3.pdf, tag 99", "letter.pdf, found none of 3", "x066-12000001-3.pdf, found none of 3"})
    void nobodyGetsWhatNoRuleOrNoTagFits(String path, String detail) {
        assertThat(((Unknown) LABORATORY.decide(of(path))).detail()).contains(detail);
    }

    @Test
    void nobodyGetsWhatSeveralHaveTheTagOf() {
        Addressing twoWithTheTag = new Addressing(List.of(BHS), List.of(GABORONE, recipient("other", "bhs", "12")));

        assertThat(((Ambiguous) twoWithTheTag.decide(of("066-12000001-3.pdf"))).detail())
                .contains("gaborone, other");
    }

    @Test
    void aTagCountsOnlyAmongThoseOfItsLabel() {
        Addressing otherLabel = new Addressing(List.of(BHS), List.of(recipient("other", "cdc1", "12")));

        assertThat(otherLabel.decide(of("066-12000001-3.pdf"))).isInstanceOf(Unknown.class);
    }

    @Test
    void nobodyGetsWhatRulesDisagreeOn() {
        AddressRule all = new AddressRule(
                "all", Optional.empty(), "", Optional.empty(), Optional.empty(), "", List.of("shoshong"));
        Addressing disagreeing = new Addressing(List.of(BHS, all), List.of(GABORONE, SHOSHONG));

        assertThat(((Ambiguous) disagreeing.decide(of("066-12000001-3.pdf"))).detail())
                .contains("gaborone by rule bhs", "shoshong by rule all");
        assertThat(recipients(disagreeing.decide(of("letter.pdf")))).containsExactly("shoshong");
    }

    @Test
    void severalGetWhatARuleNamesThemFor() {
        AddressRule both = new AddressRule(
                "both", Optional.empty(), "", Optional.empty(), Optional.empty(), "", List.of("shoshong", "gaborone"));

        assertThat(recipients(new Addressing(List.of(both), List.of(GABORONE, SHOSHONG)).decide(of("x"))))
                .containsExactly("gaborone", "shoshong");
    }

    @Test
    void allConditionsOfARuleMustHold() {
        AddressRule rule = new AddressRule(
                "images",
                Optional.of(Pattern.compile(".*\\.dcm")),
                "",
                Optional.of("application/*"),
                Optional.of(Pattern.compile("S.*")),
                "mri/",
                List.of("gaborone"));
        Addressing addressing = new Addressing(List.of(rule), List.of(GABORONE));

        assertThat(recipients(addressing.decide(new Subject("mri/a.dcm", "application/dicom", List.of("R", "S1")))))
                .containsExactly("gaborone");
        for (Subject other : List.of(
                new Subject("mri/a.pdf", "application/dicom", List.of("S1")),
                new Subject("mri/a.dcm", "text/plain", List.of("S1")),
                new Subject("mri/a.dcm", null, List.of("S1")),
                new Subject("mri/a.dcm", "application/dicom", List.of("R")),
                new Subject("ct/a.dcm", "application/dicom", List.of("S1")))) {
            assertThat(addressing.decide(other)).as(other.toString()).isInstanceOf(Unknown.class);
        }
    }

    private static AddressRule byTag(String label, String pattern) {
        return new AddressRule(
                label, Optional.of(Pattern.compile(pattern)), label, Optional.empty(), Optional.empty(), "", List.of());
    }

    private static Recipient recipient(String name, String label, String tag) {
        return new Recipient(
                name, label, name, Set.of(tag), "web", DeliveryForm.PLAIN, Optional.empty(), Bandwidth.UNLIMITED);
    }

    private static Subject of(String path) {
        return new Subject(path, "application/pdf", List.of("D"));
    }

    private static List<String> recipients(Decision decision) {
        return ((Addressed) decision).recipients().stream().map(Recipient::name).toList();
    }
}
