package org.waybill.stage.intake;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.waybill.format.DataFormat;
import org.waybill.format.Side;
import org.waybill.format.manifest.EntryName;
import org.waybill.format.manifest.ManifestRow.Declared;
import org.waybill.format.manifest.ManifestRow.Rejected;
import org.waybill.format.manifest.RowFault;
import org.waybill.ledger.manifest.Manifests;
import org.waybill.ledger.manifest.Manifests.Reject;
import org.waybill.ledger.manifest.Manifests.Row;
import org.waybill.run.StageRun;
import org.waybill.stage.intake.ManifestPart.EndRead;
import org.waybill.stage.intake.ManifestPart.RowRead;
import org.waybill.stage.intake.ManifestPart.Unreadable;

/** Writes rows and rejects to the tables where they wait for their manifest's admission. */
class ManifestPartItemWriter implements ItemWriter<ManifestPart> {

    private final Manifests manifests;
    private final StageRun run;

    ManifestPartItemWriter(Manifests manifests, StageRun run) {
        this.manifests = manifests;
        this.run = run;
    }

    @Override
    public void write(Chunk<? extends ManifestPart> chunk) {
        List<Row> rows = new ArrayList<>();
        List<Reject> rejects = new ArrayList<>();
        List<ManifestPart> ends = new ArrayList<>();
        for (ManifestPart part : chunk) {
            if (part instanceof RowRead read) {
                sort(read, rows, rejects);
            } else {
                ends.add(part);
            }
        }
        manifests.add(rows);
        manifests.reject(rejects);
        ends.forEach(this::end);
        run.progress().add(rows.size() + rejects.size(), 0);
        run.confirmOwnershipUntilCommit();
    }

    private static void sort(RowRead read, List<Row> rows, List<Reject> rejects) {
        if (read.row() instanceof Declared declared) {
            String path = DataFormat.withoutSuffix(declared.name().value());
            if (isName(path)) {
                rows.add(row(read, declared, new EntryName(path)));
            } else {
                String detail = "nothing but a suffix is left beside '" + path + "'";
                rejects.add(reject(read, declared.line(), declared.name().value(), RowFault.MISSING_NAME, detail));
            }
        } else if (read.row() instanceof Rejected rejected) {
            rejects.add(reject(read, rejected.line(), rejected.name().orElse(""), rejected.fault(), rejected.detail()));
        }
    }

    /** A name can become none when its suffix is left aside: {@code ..c4gh}, {@code .waybill.cip}. */
    private static boolean isName(String path) {
        return EntryName.faultOf(path).isEmpty() && EntryName.normalised(path).equals(path);
    }

    private static Reject reject(RowRead read, long line, String name, RowFault fault, String detail) {
        String subject = name.isEmpty() ? "" : name + ": ";
        return new Reject(read.manifestId(), line, fault.name(), subject + detail + "; " + fault.cure());
    }

    private static Row row(RowRead read, Declared declared, EntryName path) {
        return new Row(
                read.manifestId(),
                declared.line(),
                declared.datasetId().orElse(read.dataset()),
                path.value(),
                path.twinKey(),
                boxed(declared.plain().sizeBytes()),
                boxed(declared.encrypted().sizeBytes()),
                Stream.of(Side.values())
                        .flatMap(side -> declared.of(side).checksums().stream()
                                .map(sum -> side + ":" + sum.algorithm() + ":" + sum.hex()))
                        .sorted()
                        .toList());
    }

    private static @Nullable Long boxed(OptionalLong size) {
        return size.isPresent() ? size.getAsLong() : null;
    }

    private void end(ManifestPart part) {
        if (part instanceof EndRead end) {
            manifests.read(end.manifestId(), end.format(), end.rows());
        } else if (part instanceof Unreadable unreadable) {
            manifests.refuse(unreadable.manifestId(), "UNREADABLE", unreadable.why(), Math.max(1, unreadable.rows()));
        }
    }
}
