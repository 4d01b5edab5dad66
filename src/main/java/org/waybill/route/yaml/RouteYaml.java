package org.waybill.route.yaml;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.reader.ReaderException;

/**
 * The text of a route file as nodes that know their lines.
 *
 * <p>Reads the plain part of YAML 1.1: one document of mappings, lists and scalars. Anchors, aliases and tags are refused,
 * and with them the small files that unfold to gigabytes. The parser's own messages are not passed on: they quote the file,
 * and a secret may stand there by mistake.
 */
public final class RouteYaml {

    /** Far more than a route needs, and little enough to read a wrong file, such as a log, without harm. */
    private static final int MAX_BYTES = 64 * 1024;

    /** A route is four levels deep. */
    private static final int MAX_DEPTH = 10;

    private final Path file;

    /**
     * A route file as it was read once.
     *
     * @param sha256 of its bytes, lower-case hexadecimal
     */
    public record Document(MappingNode top, String sha256) {}

    private RouteYaml(Path file) {
        this.file = file;
    }

    /**
     * A route file.
     *
     * @throws InvalidRouteException if the file cannot be read or is not one YAML mapping
     */
    public static Document document(Path file) {
        return new RouteYaml(file).read();
    }

    /** The line, counted from 1, of the innermost part of a key path that the file has; 0 if it cannot be read. */
    public static int lineOf(Path file, String key) {
        try {
            MappingNode top = document(file).top();
            NodeTuple here = new NodeTuple(top, top);
            for (String step : key.replace("[", ".[").split("\\.", -1)) {
                Optional<NodeTuple> inside = inside(here.getValueNode(), step);
                if (inside.isEmpty()) {
                    break;
                }
                here = inside.get();
            }
            return line(here.getKeyNode());
        } catch (InvalidRouteException e) {
            return 0;
        }
    }

    public static int line(Node node) {
        return line(node.getStartMark());
    }

    private static int line(Mark mark) {
        return mark.getLine() + 1;
    }

    private static Optional<NodeTuple> inside(Node node, String step) {
        if (node instanceof MappingNode mapping) {
            return mapping.getValue().stream()
                    .filter(entry -> entry.getKeyNode() instanceof ScalarNode name
                            && name.getValue().equals(step))
                    .findFirst();
        }
        if (node instanceof SequenceNode list) {
            return list.getValue().stream()
                    .filter(item -> step.equals("[" + list.getValue().indexOf(item) + "]"))
                    .map(item -> new NodeTuple(item, item))
                    .findFirst();
        }
        return Optional.empty();
    }

    private Document read() {
        byte[] bytes = bytes();
        String text = text(bytes);
        try {
            scan(text);
            Node top = parser().compose(new StringReader(text));
            if (top == null) {
                throw problem(0, "is empty", "write a route in it, or delete it");
            }
            if (top instanceof MappingNode mapping) {
                return new Document(mapping, DigestUtils.sha256Hex(bytes));
            }
            throw problem(line(top), "does not hold keys", "write \"route: NAME\" and the other keys of a route");
        } catch (MarkedYAMLException e) {
            throw notYaml(e);
        } catch (ReaderException e) {
            int lineEnds = (int) text.codePoints()
                    .limit(e.getPosition())
                    .filter(c -> c == '\n')
                    .count();
            throw problem(lineEnds + 1, "has a control character", "delete it");
        } catch (YAMLException e) {
            throw problem(0, "is not YAML", "check indentation, quotes and brackets");
        }
    }

    private byte[] bytes() {
        if (!Files.isRegularFile(file)) {
            throw problem(0, "is not a file", "put a route file there, or delete it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw problem(0, "is larger than 64 KiB", "a route is a short file: is this one?");
            }
            return bytes;
        } catch (IOException e) {
            throw problem(0, "cannot be read", "let the user who runs Waybill read it");
        }
    }

    private String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problem(0, "is not UTF-8", "save it as UTF-8");
        }
    }

    private void scan(String text) {
        int depth = 0;
        int documents = 0;
        for (Event event : parser().parse(new StringReader(text))) {
            int line = line(event.getStartMark());
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                throw problem(line, "a second document begins here (---)", "write one route in each file");
            }
            if (event instanceof AliasEvent || (event instanceof NodeEvent node && node.getAnchor() != null)) {
                throw problem(
                        line,
                        "has an anchor or alias (a word that begins with & or *)",
                        "write the value itself, or put it in quotes");
            }
            if (tag(event) != null) {
                throw problem(line, "has a tag (a word that begins with !)", "put the value in quotes");
            }
            depth += event instanceof CollectionStartEvent ? 1 : event instanceof CollectionEndEvent ? -1 : 0;
            if (depth > MAX_DEPTH) {
                throw problem(line, "is nested too deeply", "check brackets and braces");
            }
        }
    }

    private static @Nullable String tag(Event event) {
        if (event instanceof ScalarEvent scalar) {
            return scalar.getTag();
        }
        return event instanceof CollectionStartEvent collection ? collection.getTag() : null;
    }

    private InvalidRouteException notYaml(MarkedYAMLException e) {
        String parser = Objects.requireNonNullElse(e.getProblem(), "");
        Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
        int line = mark == null ? 0 : line(mark);
        if (parser.contains("TAB")) {
            return problem(line, "has a tab", "write spaces");
        }
        if (parser.contains("mapping values are not allowed")) {
            return problem(
                    line,
                    "is indented wrongly or has a colon in the wrong place",
                    "indent the keys of a section alike, and put a value with a colon in quotes");
        }
        return problem(line, "is not YAML", "check indentation, quotes and brackets here and in the line above");
    }

    private InvalidRouteException problem(int line, String wrong, String cure) {
        return new InvalidRouteException(RouteProblem.in(file, line, "", wrong, cure));
    }

    private static Yaml parser() {
        return new Yaml(new LoaderOptions());
    }
}
