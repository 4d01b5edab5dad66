package org.waybill.remote.ping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.waybill.FakeMonitor;
import org.waybill.remote.ping.PingClient.Signal;

/** What a monitor receives, and what becomes of pings that it does not take. */
class PingClientTest {

    private static final UUID RUN = UUID.fromString("7d8fa2b5-6f2b-4c6e-8f4e-0123456789ab");

    @ParameterizedTest
    @CsvSource({
        "START,   /ping/abc,     /ping/abc/start?rid=",
        "SUCCESS, /ping/abc,     /ping/abc?rid=",
        "FAIL,    /ping/abc/,    /ping/abc/fail?rid=",
        "START,   /push?key=a%2F, /push/start?key=a%2F&rid="
    })
    void eachSignalHasItsAddress(Signal signal, String check, String told) throws Exception {
        try (FakeMonitor monitor = new FakeMonitor(number -> 200)) {
            new PingClient(URI.create(monitor.url(check))).send(signal, RUN, "run 7");

            assertThat(monitor.received()).containsExactly(new FakeMonitor.Received("POST", told + RUN, "run 7"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 429, 0})
    void isSentTwiceIfItIsNotTaken(int first) throws Exception {
        try (FakeMonitor monitor = new FakeMonitor(number -> number == 1 ? first : 200)) {
            new PingClient(URI.create(monitor.url("/ping/abc"))).send(Signal.SUCCESS, RUN, "");

            assertThat(monitor.received()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 404, 302, 0})
    void isGivenUpThenAndTheAddressIsNotTold(int always) throws Exception {
        try (FakeMonitor monitor = new FakeMonitor(number -> always)) {
            PingClient client = new PingClient(URI.create(monitor.url("/ping/abc")));

            assertThatThrownBy(() -> client.send(Signal.SUCCESS, RUN, ""))
                    .isInstanceOf(IOException.class)
                    .hasMessageNotContainingAny("abc", "127.0.0.1")
                    .hasNoCause();
        }
    }

    @Test
    void aMonitorThatSaysNothingIsNotWaitedFor() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            URI check = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/ping/abc");

            assertThatThrownBy(() -> new PingClient(check, Duration.ofMillis(50)).send(Signal.SUCCESS, RUN, ""))
                    .isInstanceOf(IOException.class)
                    .hasMessage("there is no answer (HttpTimeoutException)");
        }
    }
}
