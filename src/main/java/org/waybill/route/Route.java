package org.waybill.route;

import java.nio.file.Path;

/**
 * The way that one kind of file takes, as its file in {@code jobs/} says it. All paths are absolute.
 *
 * @param file the YAML file that says so
 */
public record Route(
        String name,
        String description,
        Path file,
        Path incoming,
        Path archive,
        IntakeRoute intake,
        TransferRoute transfer,
        ProcessingRoute processing,
        ArchiveRoute archiving) {}
