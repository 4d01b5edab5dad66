package org.waybill.format.manifest;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.waybill.format.Side;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * One file as an EGA system describes it: an object of JSON, its keys in camel case or with underscores.
 *
 * <ul>
 *   <li><b>Name</b>: {@code displayFileName}, else {@code fileName} or {@code filepath} without the leading slashes that
 *       mean the root of EGA's own archive. The public metadata have none: there it is the accession and the extension.
 *   <li><b>Size</b>: {@code decryptedFileSize}, else {@code fileSize} less 16 bytes. EGA counts the AES file of its
 *       archive, initialisation vector included (ega-data-api, FileLengthServiceImpl; pyega3, data_file.py); 0 means
 *       unknown. The {@code filesize} of the public metadata is not declared: no source says which bytes it counts.
 *   <li><b>Checksums</b> of the plain side: {@code unencryptedChecksum} (API v1, public metadata), {@code plainChecksum}
 *       (v2), {@code decryptedFileChecksum} and {@code decrypted_checksums} (SDA), {@code fileMd5} (mock). Of the
 *       encrypted side: {@code encrypted_checksums} (SDA).
 *   <li>A bare {@code checksum} is the plain side's in the old API only, where it is the one checksum of an object
 *       (lega-mirroring compares it after decryption; so did pyega3 until 2019). Beside an {@code unencryptedChecksum},
 *       or its like, it is that of the file in EGA's archive (ega-data-api, table {@code file}), which EGA encrypts
 *       anew for every transfer: those bytes never arrive, so it is not declared.
 * </ul>
 */
final class EgaFile {

    private static final int AES_IV_BYTES = 16;
    private static final int MAX_CHECKSUMS = 64; // so that a hostile list cannot fill the memory
    private static final List<String> NAME_KEYS = List.of("displayfilename", "filename", "filepath");
    private static final List<String> PLAIN_CHECKSUM_KEYS =
            List.of("unencryptedchecksum", "plainchecksum", "decryptedfilechecksum", "filemd5");
    private static final Map<String, Side> CHECKSUM_LISTS =
            Map.of("encryptedchecksums", Side.ENCRYPTED, "decryptedchecksums", Side.PLAIN);
    private static final Set<String> OTHER_KEYS = Set.of(
            "fileid",
            "accessionid",
            "datasetid",
            "extension",
            "filesize",
            "decryptedfilesize",
            "checksum",
            "checksumtype",
            "unencryptedchecksumtype",
            "plainchecksumtype",
            "decryptedfilechecksumtype");

    private final Map<String, @Nullable String> values = new HashMap<>();
    private final List<TypedChecksum> listedChecksums = new ArrayList<>();
    private boolean malformed;

    private record TypedChecksum(Side side, String type, String value) {}

    /** Reads the object that the parser has just entered, to its end. */
    static EgaFile read(JsonParser parser) {
        EgaFile file = new EgaFile();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            file.property(key, parser);
        }
        return file;
    }

    /** Takes the value that the parser stands at, and leaves the parser at its end. */
    void property(String writtenKey, JsonParser parser) {
        String key = folded(writtenKey);
        Side side = CHECKSUM_LISTS.get(key);
        if (side != null && parser.currentToken() == JsonToken.START_ARRAY) {
            readChecksums(side, parser);
        } else if (key.equals("datasetid") && parser.currentToken() == JsonToken.START_ARRAY) {
            readDatasets(parser);
        } else if (NAME_KEYS.contains(key) || PLAIN_CHECKSUM_KEYS.contains(key) || OTHER_KEYS.contains(key)) {
            malformed |= values.containsKey(key) || parser.currentToken().isStructStart();
            values.put(key, scalar(parser));
        }
        parser.skipChildren();
    }

    /** Whether the array under that key is a fact of one file, not a list of files. */
    static boolean isFactKey(String writtenKey) {
        String key = folded(writtenKey);
        return CHECKSUM_LISTS.containsKey(key) || key.equals("datasetid");
    }

    /** Whether anything was read that tells of a file. */
    boolean isFile() {
        return !listedChecksums.isEmpty()
                || NAME_KEYS.stream().anyMatch(values::containsKey)
                || values.containsKey("fileid")
                || values.containsKey("accessionid");
    }

    /** The id of the dataset, of this file or of all the files that this object wraps. */
    Optional<String> datasetId() {
        return value("datasetid");
    }

    /** @param wrapperDataset the dataset that the document names for all its files */
    ManifestRow row(long number, Optional<String> wrapperDataset) {
        RowDraft draft = new RowDraft(number);
        if (malformed) {
            draft.reject(RowFault.MALFORMED_ROW, "a field stands twice or holds what it should not");
        }
        boolean nameless = NAME_KEYS.stream().noneMatch(key -> value(key).isPresent());
        if (nameless && NAME_KEYS.stream().anyMatch(values::containsKey)) {
            draft.reject(RowFault.NO_ACCESS, "the file name is null or empty");
        }
        name().ifPresent(draft::name);
        value("fileid").or(() -> value("accessionid")).ifPresent(draft::fileId);
        datasetId().or(() -> wrapperDataset).ifPresent(draft::datasetId);
        takeSize(draft);
        takeChecksums(draft);
        return draft.row();
    }

    private Optional<String> name() {
        return value("displayfilename")
                .or(() -> value("filename"))
                .or(() -> value("filepath"))
                .map(EgaFile::withoutRoot)
                .or(() -> value("accessionid")
                        .map(id -> id
                                + value("extension")
                                        .map(extension -> extension.startsWith(".") ? extension : "." + extension)
                                        .orElse("")));
    }

    private void takeSize(RowDraft draft) {
        Optional<String> plainSize = value("decryptedfilesize");
        if (plainSize.isPresent()) {
            draft.size(Side.PLAIN, plainSize.get());
        } else if (values.containsKey("fileid")) {
            value("filesize").filter(size -> !size.equals("0")).ifPresent(size -> takeArchiveSize(draft, size));
        }
    }

    private static void takeArchiveSize(RowDraft draft, String size) {
        RowDraft.parsedSize(size)
                .ifPresentOrElse(
                        bytes -> draft.size(Side.PLAIN, bytes - AES_IV_BYTES),
                        () -> draft.reject(RowFault.BAD_SIZE, "expected a number of bytes"));
    }

    private void takeChecksums(RowDraft draft) {
        for (String key : PLAIN_CHECKSUM_KEYS) {
            takeChecksum(draft, key);
        }
        if (PLAIN_CHECKSUM_KEYS.stream().noneMatch(values::containsKey)) {
            takeChecksum(draft, "checksum");
        }
        for (TypedChecksum listed : listedChecksums) {
            draft.checksum(listed.side(), listed.type(), listed.value());
        }
    }

    private void takeChecksum(RowDraft draft, String key) {
        value(key).ifPresent(hex -> value(key + "type")
                .ifPresentOrElse(type -> draft.checksum(Side.PLAIN, type, hex), () -> draft.checksum(Side.PLAIN, hex)));
    }

    private void readChecksums(Side side, JsonParser parser) {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == JsonToken.START_OBJECT) {
                readChecksum(side, parser);
            } else {
                malformed = true;
                parser.skipChildren();
            }
        }
    }

    private void readChecksum(Side side, JsonParser parser) {
        Map<String, @Nullable String> entry = new HashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            if (key.equals("type") || key.equals("value")) {
                malformed |= entry.containsKey(key);
                entry.put(key, scalar(parser));
            }
            parser.skipChildren();
        }
        String type = entry.get("type");
        String value = entry.get("value");
        if (type == null || value == null || listedChecksums.size() == MAX_CHECKSUMS) {
            malformed = true;
        } else {
            listedChecksums.add(new TypedChecksum(side, type, value));
        }
    }

    /** A file of several datasets is listed for one of them, and only who asked knows for which. */
    private void readDatasets(JsonParser parser) {
        int datasets = 0;
        String dataset = null;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            datasets++;
            dataset = scalar(parser);
            parser.skipChildren();
        }
        values.put("datasetid", datasets == 1 ? dataset : null);
    }

    private static String withoutRoot(String path) {
        int start = 0;
        while (start < path.length() && path.charAt(start) == '/') {
            start++;
        }
        return path.substring(start);
    }

    private static String folded(String key) {
        return key.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private Optional<String> value(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isEmpty());
    }

    private static @Nullable String scalar(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return token.isStructStart() || token == JsonToken.VALUE_NULL ? null : parser.getString();
    }
}
