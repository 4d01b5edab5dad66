package org.waybill.run.pulse;

import java.util.concurrent.atomic.LongAdder;

/** How far a run has come: for the eyes of a person, not for the record. */
public final class Progress {

    private final LongAdder files = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Runnable began;
    private volatile String stage = "";
    private volatile long totalFiles;
    private volatile long totalBytes;

    public Progress() {
        this(() -> {});
    }

    /** @param began called when a stage has begun, which then nobody refuses any more */
    public Progress(Runnable began) {
        this.began = began;
    }

    /** A stage begins. */
    public void begin(String label) {
        files.reset();
        bytes.reset();
        totalFiles = 0;
        totalBytes = 0;
        stage = label;
        began.run();
    }

    /** What there is to do is known now. */
    public void expect(long filesInAll, long bytesInAll) {
        totalFiles = filesInAll;
        totalBytes = bytesInAll;
    }

    public void add(long filesDone, long bytesDone) {
        files.add(filesDone);
        bytes.add(bytesDone);
    }

    public String stage() {
        return stage;
    }

    public long files() {
        return files.sum();
    }

    public long bytes() {
        return bytes.sum();
    }

    /** 0 while it is not known. */
    public long totalFiles() {
        return totalFiles;
    }

    /** 0 while it is not known, or where bytes say nothing. */
    public long totalBytes() {
        return totalBytes;
    }
}
