package org.waybill.cli;

/** The program. */
public final class Waybill {

    private Waybill() {}

    public static void main(String[] arguments) {
        System.out.println("waybill");
    }
}
