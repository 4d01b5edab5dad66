package org.waybill.ledger.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.waybill.ledger.WaybillHome;

class DatabaseEnvironmentTest {

    @TempDir
    Path home;

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db/waybill,                      jdbc:postgresql://db/waybill",
        "postgresql://db:5433/waybill,                      jdbc:postgresql://db:5433/waybill",
        "postgres://db/waybill,                             jdbc:postgresql://db/waybill",
        "postgres://archivist@db/waybill?sslmode=require,   jdbc:postgresql://db/waybill?sslmode=require",
        "'postgresql://a:1,b:2/waybill?targetServerType=primary', 'jdbc:postgresql://a:1,b:2/waybill?targetServerType=primary'",
        "postgresql://[::1]:5432/waybill,                   jdbc:postgresql://[::1]:5432/waybill",
    })
    void takesTheAddressesOfJdbcAndOfLibpq(String written, String url) {
        assertThat(read(Map.of("WAYBILL_DATABASE_URL", written)).orElseThrow().url())
                .isEqualTo(url);
    }

    @Test
    void namesNoServerIfTheVariableIsMissingOrBlank() {
        assertThat(read(Map.of())).isEmpty();
        assertThat(read(Map.of("WAYBILL_DATABASE_URL", " "))).isEmpty();
    }

    @Test
    void takesTheUserOfTheVariableBeforeThatOfTheUrl() {
        String url = "postgresql://archivist@db/waybill";
        assertThat(read(Map.of("WAYBILL_DATABASE_URL", url)).orElseThrow().username())
                .contains("archivist");
        assertThat(read(Map.of("WAYBILL_DATABASE_URL", url, "WAYBILL_DATABASE_USERNAME", "waybill"))
                        .orElseThrow()
                        .username())
                .contains("waybill");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://archivist:s3cret@db/waybill",
                "jdbc:postgresql://db/waybill?user=archivist&password=s3cret",
                "jdbc:postgresql://db/waybill?PASSWORD=s3cret",
                "postgres://archivist:s3c@ret@db/waybill",
            })
    void refusesAPasswordInTheUrlWithoutRepeatingIt(String url) {
        assertThatThrownBy(() -> read(Map.of("WAYBILL_DATABASE_URL", url)))
                .isInstanceOf(InvalidDatabaseSettingException.class)
                .hasMessageContaining("WAYBILL_DATABASE_PASSWORD")
                .hasMessageNotContaining("s3c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"db", "mysql://db/waybill", "jdbc:mysql://db/waybill", "postgresql://db", "postgresql:///waybill"
            })
    void refusesWhatIsNoAddressOfPostgres(String url) {
        assertThatThrownBy(() -> read(Map.of("WAYBILL_DATABASE_URL", url)))
                .isInstanceOf(InvalidDatabaseSettingException.class)
                .hasMessageContaining("jdbc:postgresql://HOST[:PORT]/DATABASE");
    }

    @Test
    void readsThePasswordFromAFileOfTheHome() throws IOException {
        passwordFile("s3cret\n", "rw-------");
        assertThat(read(withPassword("file:db.password")).orElseThrow().password())
                .contains("s3cret");
        assertThat(read(withPassword("file:" + home.resolve("db.password")))
                        .orElseThrow()
                        .password())
                .contains("s3cret");
    }

    @Test
    void refusesAPasswordFileThatEveryUserCanRead() throws IOException {
        passwordFile("s3cret\n", "rw-r--r--");
        assertThatThrownBy(() -> read(withPassword("file:db.password")))
                .isInstanceOf(InvalidDatabaseSettingException.class)
                .hasMessageContaining("chmod 600");
    }

    @Test
    void refusesAPasswordFileThatIsMissingOrEmpty() throws IOException {
        assertThatThrownBy(() -> read(withPassword("file:db.password")))
                .isInstanceOf(InvalidDatabaseSettingException.class)
                .hasMessageContaining("cannot be read");
        passwordFile("", "rw-------");
        assertThatThrownBy(() -> read(withPassword("file:db.password")))
                .isInstanceOf(InvalidDatabaseSettingException.class)
                .hasMessageContaining("empty file");
    }

    @Test
    void addressDoesNotPrintItsPassword() {
        assertThat(read(withPassword("s3cret")).orElseThrow()).asString().doesNotContain("s3cret");
    }

    @Test
    void whatFollowsTheQuestionMarkReachesTheDriverBesideTheUrl() {
        DatabaseAddress address = read(Map.of(
                        "WAYBILL_DATABASE_URL", "postgresql://db/waybill?sslmode=require&user=of-url"))
                .orElseThrow();
        SimpleDriverDataSource connections = (SimpleDriverDataSource) address.connections("test");
        assertThat(connections.getUrl()).isEqualTo("jdbc:postgresql://db/waybill");
        assertThat(connections.getConnectionProperties())
                .containsEntry("sslmode", "require")
                .containsEntry("user", "of-url")
                .containsEntry("ApplicationName", "test");
    }

    @Test
    void refusesWhatTheDriverDoesNotUnderstand() {
        DatabaseAddress address = read(Map.of("WAYBILL_DATABASE_URL", "postgresql://db:70000/waybill"))
                .orElseThrow();
        assertThatThrownBy(() -> address.connections("test"))
                .isInstanceOf(InvalidDatabaseSettingException.class)
                .hasMessageContaining("WAYBILL_DATABASE_URL")
                .hasMessageContaining("port");
    }

    private void passwordFile(String content, String mode) throws IOException {
        Path file = home.resolve("db.password");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private static Map<String, String> withPassword(String password) {
        return Map.of("WAYBILL_DATABASE_URL", "postgresql://db/waybill", "WAYBILL_DATABASE_PASSWORD", password);
    }

    private Optional<DatabaseAddress> read(Map<String, String> environment) {
        return DatabaseEnvironment.read(environment, new WaybillHome(home));
    }
}
