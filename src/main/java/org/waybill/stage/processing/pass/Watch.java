package org.waybill.stage.processing.pass;

/** Who looks on while files are read. */
public interface Watch {

    /** Called between buffers; may throw to end the pass. */
    void read(long bytes);

    /** Called after each file, whatever came of it. */
    void passedOver();

    /** Called when all is well, before results get their names; may throw to prevent that. */
    void beforePublishing();
}
