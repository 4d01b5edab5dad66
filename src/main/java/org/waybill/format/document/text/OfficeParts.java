package org.waybill.format.document.text;

import java.io.ByteArrayInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import org.apache.commons.io.input.ChecksumInputStream;

/** The parts of an Office document (ECMA-376, Open Packaging Conventions), which is a ZIP file with a list of types in it. */
public final class OfficeParts implements Closeable {

    static final String WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

    private static final String TYPES = "[Content_Types].xml";
    private static final String MAIN = ".main+xml";
    private static final long MAX_TYPES_BYTES = 1 << 20;

    private final ZipFile zip;
    private final Map<String, String> typesByPart;

    private OfficeParts(byte[] content) throws IOException {
        this.zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(content))
                .get();
        this.typesByPart = types(zip);
    }

    static OfficeParts of(byte[] content) throws IOException {
        return new OfficeParts(content);
    }

    /** The MIME type of an Office document; empty if the bytes are another archive, or damaged. */
    public static Optional<String> typeOf(byte[] content) {
        try (OfficeParts parts = of(content)) {
            List<String> main = parts.typesByPart.values().stream()
                    .filter(type -> type.endsWith(MAIN))
                    .toList();
            return main.size() == 1
                    ? Optional.of(main.get(0).substring(0, main.get(0).length() - MAIN.length()))
                    : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The names of the parts of a type, in the order of the list. */
    List<String> named(String type) {
        return typesByPart.entrySet().stream()
                .filter(part -> part.getValue().equals(type))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Reads a part; the last read fails if its checksum is wrong. */
    InputStream open(String part) throws IOException {
        return open(zip, part);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }

    /** Without a document type, and so without entities, in which bombs are packed. */
    static XMLStreamReader xml(InputStream part) throws XMLStreamException {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        return factory.createXMLStreamReader(part);
    }

    private static InputStream open(ZipFile zip, String part) throws IOException {
        List<ZipArchiveEntry> entries = new ArrayList<>();
        zip.getEntries(part).forEach(entries::add);
        if (entries.size() != 1 || !zip.canReadEntryData(entries.get(0))) {
            throw new IOException("expected one part of a name, found " + entries.size());
        }
        ZipArchiveEntry entry = entries.get(0);
        return ChecksumInputStream.builder()
                .setChecksum(new java.util.zip.CRC32())
                .setInputStream(zip.getInputStream(entry))
                .setExpectedChecksumValue(entry.getCrc())
                .setCountThreshold(entry.getSize())
                .get();
    }

    private static Map<String, String> types(ZipFile zip) throws IOException {
        byte[] list;
        try (InputStream part = open(zip, TYPES)) {
            list = part.readNBytes((int) MAX_TYPES_BYTES);
        }
        Map<String, String> byEnding = new HashMap<>();
        Map<String, String> byPart = new LinkedHashMap<>();
        try {
            XMLStreamReader xml = xml(new ByteArrayInputStream(list));
            while (xml.hasNext()) {
                if (xml.next() == XMLStreamConstants.START_ELEMENT) {
                    String type = String.valueOf(xml.getAttributeValue(null, "ContentType"));
                    if (xml.getLocalName().equals("Override")) {
                        byPart.put(
                                String.valueOf(xml.getAttributeValue(null, "PartName"))
                                        .replaceFirst("^/", ""),
                                type);
                    } else if (xml.getLocalName().equals("Default")) {
                        byEnding.put(
                                String.valueOf(xml.getAttributeValue(null, "Extension"))
                                        .toLowerCase(Locale.ROOT),
                                type);
                    }
                }
            }
        } catch (XMLStreamException e) {
            throw new IOException("the list of types is not XML", e);
        }
        zip.stream().map(ZipArchiveEntry::getName).forEach(name -> {
            String type = byEnding.get(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
            if (type != null) {
                byPart.putIfAbsent(name, type);
            }
        });
        return byPart;
    }
}
