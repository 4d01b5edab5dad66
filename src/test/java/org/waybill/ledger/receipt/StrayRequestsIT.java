package org.waybill.ledger.receipt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.waybill.House;
import org.waybill.ledger.Night;

/** A request in a log belongs to a delivery, and to the piece of the log in which its line lies. */
class StrayRequestsIT {

    @TempDir
    private static Path home;

    private static House night;

    @BeforeAll
    static void open() throws Exception {
        night = Night.in(home);
    }

    @AfterAll
    static void close() {
        night.close();
    }

    @ParameterizedTest
    @CsvSource({
        "an unknown delivery,     1, 100, 0,   77, there is no delivery 77 for a request",
        "an unknown log,          9, 100, 0,   1,  there is no piece of log 9 from byte 0 for a request",
        "an unknown piece,        1, 100, 50,  1,  there is no piece of log 1 from byte 50 for a request",
        "a line behind its piece, 1, 400, 0,   1,  there is no piece of log 1 from byte 0 for a request"
    })
    void isRefused(String what, long stream, long offset, long from, long delivery, String message) {
        assertThatThrownBy(() -> add(stream, offset, from, delivery)).as(what).hasMessageContaining(message);
    }

    @Test
    void isTakenWhereItBelongs() {
        assertThat(add(1, 399, 0, 1)).isOne();
    }

    private static int add(long stream, long offset, long from, long delivery) {
        return night.jdbc().sql("""
                        insert into log_request (stream_id, line_offset, from_position, delivery_id, at, client, user_name, status,
                                                 completion, etag, agent)
                        values (?, ?, ?, ?, now(), '', '', 200, 'UNKNOWN', '', '')
                        """).params(stream, offset, from, delivery).update();
    }
}
