package org.waybill.route.acknowledgement;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.waybill.route.yaml.RouteProblem;
import org.waybill.route.yaml.RouteValues;

/**
 * Addresses of the Internet Protocol that have the same first bits.
 *
 * @param first any of them
 * @param bits how many bits are the same
 */
public record AddressRange(InetAddress first, int bits) {

    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final String CURE = "write such as 192.0.2.7, 10.0.0.0/8 or 2001:db8::/32";

    /** An address by its digits; names are never looked up. IPv4 within IPv6 is IPv4. */
    public static Optional<InetAddress> literal(String text) {
        if (!IPV4.matcher(text).matches() && !IPV6.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    static AddressRange read(String text) throws RouteValues.Unusable {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            throw new RouteValues.Unusable(
                    RouteProblem.quoted(text) + " is not an address or range of addresses", CURE);
        }
        int all = address.get().getAddress().length * Byte.SIZE;
        String bits = slash < 0 ? String.valueOf(all) : text.substring(slash + 1);
        if (!bits.matches("[0-9]{1,3}") || Integer.parseInt(bits) > all) {
            throw new RouteValues.Unusable(RouteProblem.quoted(text) + " has no prefix of 0 to " + all + " bits", CURE);
        }
        return new AddressRange(address.get(), Integer.parseInt(bits));
    }

    public boolean contains(InetAddress address) {
        byte[] one = first.getAddress();
        byte[] other = address.getAddress();
        if (one.length != other.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((one[bit / Byte.SIZE] ^ other[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
