package org.waybill.route;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.waybill.route.yaml.RouteValues;
import org.waybill.route.yaml.SecretReference;
import org.waybill.route.yaml.YamlSection;

/**
 * Which monitors are told when the route is run, so that they call people if they are not told.
 *
 * @param addresses {@value Route.Schedule#WHOLE_ROUTE} or the name of a stage, to the address that is told when just that is run
 */
public record Ping(SortedMap<String, Address> addresses) {

    static final Ping NONE = new Ping(new TreeMap<>());

    private static final String WRITE_AN_ADDRESS = "write env:NAME, file:PATH or https://HOST/PATH";

    public Ping {
        addresses = Collections.unmodifiableSortedMap(new TreeMap<>(addresses));
    }

    /** Of the whole route, or of a stage. */
    public Optional<Address> of(String target) {
        return Optional.ofNullable(addresses.get(target));
    }

    static Ping from(YamlSection ping, List<String> keys, Path home) {
        SortedMap<String, Address> addresses = new TreeMap<>();
        boolean any = false;
        for (String key : keys) {
            any |= ping.has(key);
            ping.value(key, text -> Address.read(text, home)).ifPresent(address -> addresses.put(key, address));
        }
        if (!any) {
            ping.refuse(Route.Schedule.WHOLE_ROUTE, "is missing, and no stage is named", WRITE_AN_ADDRESS);
        }
        return new Ping(addresses);
    }

    /**
     * The address of a web server, which is a secret: who knows it can ping in our place. It is never printed.
     *
     * @param plain the address itself; empty if it is elsewhere
     */
    public record Address(String plain, Optional<SecretReference> elsewhere) {

        private static Address read(String text, Path home) throws RouteValues.Unusable {
            Optional<SecretReference> reference = SecretReference.parse(text, home);
            if (reference.isPresent()) {
                return new Address("", reference);
            }
            if (text.startsWith("env:") || text.startsWith("file:")) {
                throw new RouteValues.Unusable("is not a reference", WRITE_AN_ADDRESS);
            }
            RouteValues.requireSafe(text, "ping");
            return new Address(text, Optional.empty());
        }

        /**
         * The address.
         *
         * @param environment gives the value of an environment variable, {@code null} if it is not set
         * @throws IOException if there is none to be had, or what is there is none; the message names the reference
         */
        public URI resolve(Function<String, @Nullable String> environment) throws IOException {
            if (elsewhere.isEmpty()) {
                return URI.create(plain);
            }
            char[] secret = elsewhere.get().resolve(environment);
            try {
                String address = new String(secret).strip();
                RouteValues.requireSafe(address, "ping");
                return URI.create(address);
            } catch (RouteValues.Unusable unusable) {
                throw new IOException(elsewhere.get() + ": " + unusable.wrong());
            } finally {
                Arrays.fill(secret, '\0');
            }
        }

        @Override
        public String toString() {
            return elsewhere.map(Object::toString).orElse("an address");
        }
    }
}
