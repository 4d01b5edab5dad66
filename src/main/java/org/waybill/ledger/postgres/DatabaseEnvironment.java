package org.waybill.ledger.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.waybill.ledger.WaybillHome;

/** What the environment variables {@code WAYBILL_DATABASE_*} say. */
final class DatabaseEnvironment {

    static final String URL = "WAYBILL_DATABASE_URL";
    static final String USERNAME = "WAYBILL_DATABASE_USERNAME";
    static final String PASSWORD = "WAYBILL_DATABASE_PASSWORD";

    private static final String FILE = "file:";

    /** Those of libpq and of JDBC alike; the parts before the path are named as RFC 3986, section 3.2, names them. */
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:jdbc:)?postgres(?:ql)?://(?:(?<userinfo>[^/?]*)@)?(?<hosts>[^/?@]+)/(?<database>[^/?]+)(?<options>\\?.*)?");

    private static final Pattern PASSWORD_OPTION = Pattern.compile("[?&]password=", Pattern.CASE_INSENSITIVE);

    private DatabaseEnvironment() {}

    /**
     * The server that the environment names; empty if it names none.
     *
     * @throws InvalidDatabaseSettingException if a variable cannot be meant; never with a password in the message
     */
    static Optional<DatabaseAddress> read(Map<String, String> environment, WaybillHome home) {
        return value(environment, URL).map(url -> {
            Matcher parts = ADDRESS.matcher(url);
            if (!parts.matches()) {
                throw new InvalidDatabaseSettingException(
                        URL + " is not of the form jdbc:postgresql://HOST[:PORT]/DATABASE or"
                                + " postgresql://[USER@]HOST[:PORT]/DATABASE");
            }
            Optional<String> userInUrl = Optional.ofNullable(parts.group("userinfo"));
            String options = Optional.ofNullable(parts.group("options")).orElse("");
            if (userInUrl.orElse("").contains(":")
                    || PASSWORD_OPTION.matcher(options).find()) {
                throw new InvalidDatabaseSettingException(
                        URL + " holds a password, which would be seen in lists of processes and in logs: take it out,"
                                + " and set " + PASSWORD + " instead, to the password or to file:PATH");
            }
            return new DatabaseAddress(
                    "jdbc:postgresql://" + parts.group("hosts") + "/" + parts.group("database") + options,
                    value(environment, USERNAME).or(() -> userInUrl),
                    value(environment, PASSWORD).map(reference -> password(reference, home)));
        });
    }

    private static Optional<String> value(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static String password(String reference, WaybillHome home) {
        if (!reference.toLowerCase(Locale.ROOT).startsWith(FILE)) {
            return reference;
        }
        Path file = home.path().resolve(reference.substring(FILE.length()));
        try {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ)) {
                throw new InvalidDatabaseSettingException(
                        PASSWORD + " names a file that every user can read: chmod 600 " + file);
            }
            return Files.readString(file)
                    .lines()
                    .findFirst()
                    .orElseThrow(() -> new InvalidDatabaseSettingException(
                            PASSWORD + " names an empty file: write the password into " + file));
        } catch (IOException e) {
            throw new InvalidDatabaseSettingException(PASSWORD + " names a file that cannot be read: " + file);
        }
    }
}
