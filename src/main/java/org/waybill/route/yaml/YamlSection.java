package org.waybill.route.yaml;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A mapping of a route file. Its keys are asked for one by one; those that nobody asked for are mistakes, and so the
 * code that reads a section is also the list of its keys.
 *
 * <p>A mistake is noted and reading goes on, so that all are reported at once: {@link #finish} throws them.
 */
public final class YamlSection {

    private final Path file;
    private final String path;
    private final int line;
    private final Map<String, NodeTuple> entries = new LinkedHashMap<>();
    private final Set<String> known = new TreeSet<>();
    private final List<YamlSection> sections = new ArrayList<>();
    private final List<RouteProblem> problems;

    /** The top level of a file. */
    public YamlSection(Path file, MappingNode top) {
        this(file, "", RouteYaml.line(top), top.getValue(), new ArrayList<>());
    }

    private YamlSection(Path file, String path, int line, List<NodeTuple> entries, List<RouteProblem> problems) {
        this.file = file;
        this.path = path;
        this.line = line;
        this.problems = problems;
        entries.forEach(this::add);
    }

    /** Whether the file has the key, which is a known one from now on. */
    public boolean has(String key) {
        known.add(key);
        return entries.containsKey(key);
    }

    /** The section under a key; where there is none, an empty one, whose required keys are then found missing. */
    public YamlSection section(String key) {
        Optional<Node> node = node(key);
        List<NodeTuple> children = List.of();
        List<RouteProblem> notedIn = problems;
        if (node.isPresent() && node.get() instanceof MappingNode mapping) {
            children = mapping.getValue();
        }
        if (node.isPresent() && children.isEmpty()) {
            refuse(key, "is not a section with keys", "write its keys in the lines below, indented");
            notedIn = new ArrayList<>(); // one mistake is enough: that its keys are missing too is no news
        }
        return inner(key, lineOf(key), children, notedIn);
    }

    private YamlSection inner(String key, int at, List<NodeTuple> children, List<RouteProblem> notedIn) {
        YamlSection section = new YamlSection(file, inside(key), at, children, notedIn);
        sections.add(section);
        return section;
    }

    public Optional<YamlSection> optionalSection(String key) {
        return has(key) ? Optional.of(section(key)) : Optional.empty();
    }

    /** Refuses a key that people may expect to find, but that does not exist yet. */
    public void refuseIfPresent(String key, String wrong, String cure) {
        if (entries.containsKey(key)) {
            refuse(key, wrong, cure);
            entries.remove(key);
        }
    }

    /** The value under a key; empty where the key is missing, or its value unusable and therefore noted. */
    public <T> Optional<T> value(String key, RouteValues.Reader<T> reader) {
        return node(key).flatMap(node -> scalar(inside(key), lineOf(key), node, reader));
    }

    public <T> Optional<T> required(String key, RouteValues.Reader<T> reader, String cure) {
        requireKey(key, cure);
        return value(key, reader);
    }

    /** The list under a key; empty where the key is missing or not a list. Unusable items are noted and left out. */
    public <T> Optional<List<T>> list(String key, RouteValues.Reader<T> reader) {
        Optional<Node> node = node(key);
        if (node.isPresent() && node.get() instanceof SequenceNode list) {
            return Optional.of(items(key, list.getValue(), reader));
        }
        if (node.isPresent()) {
            refuse(key, "is not a list", "write [ONE, ANOTHER]");
        }
        return Optional.empty();
    }

    /** The list under a key that must be there and have at least one item. */
    public <T> List<T> requiredList(String key, RouteValues.Reader<T> reader, String cure) {
        requireItems(key, cure);
        return list(key, reader).orElse(List.of());
    }

    /** The same where the order counts, and two items may be alike: the words of a command. */
    public List<String> requiredWords(String key, RouteValues.Reader<String> reader, String cure) {
        record Word(int number, String text) {}
        AtomicInteger number = new AtomicInteger();
        return this.<Word>requiredList(key, text -> new Word(number.incrementAndGet(), reader.read(text)), cure)
                .stream()
                .map(Word::text)
                .toList();
    }

    private void requireItems(String key, String cure) {
        requireKey(key, cure);
        Optional<Node> node = node(key);
        if (node.isPresent()
                && node.get() instanceof SequenceNode list
                && list.getValue().isEmpty()) {
            refuse(key, "is empty", cure);
        }
    }

    /** The sections in the list under a key; none where it is missing, or not a list of sections, which is noted. */
    public List<YamlSection> sections(String key) {
        Optional<Node> node = node(key);
        if (node.isEmpty()) {
            return List.of();
        }
        List<YamlSection> items = new ArrayList<>();
        if (node.get() instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                Node item = list.getValue().get(i);
                if (item instanceof MappingNode mapping) {
                    items.add(inner(key + "[" + i + "]", RouteYaml.line(item), mapping.getValue(), problems));
                } else {
                    refuse(
                            inside(key) + "[" + i + "]",
                            RouteYaml.line(item),
                            "is not a section",
                            "write { KEY: VALUE }");
                }
            }
        } else {
            refuse(key, "is not a list of sections", "write lines that begin with \"- KEY: VALUE\"");
        }
        return items;
    }

    /** The sections under a key by the names that the file gives them, in its order; none where the key is missing. */
    public Map<String, YamlSection> named(String key) {
        Map<String, YamlSection> named = new LinkedHashMap<>();
        optionalSection(key).ifPresent(all -> List.copyOf(all.entries.keySet())
                .forEach(name -> named.put(name, all.section(name))));
        return named;
    }

    /** The lists under a key by the names that the file gives them, in its order; none where the key is missing. */
    public <T> Map<String, List<T>> lists(String key, RouteValues.Reader<T> reader) {
        Map<String, List<T>> lists = new LinkedHashMap<>();
        optionalSection(key).ifPresent(all -> List.copyOf(all.entries.keySet())
                .forEach(name -> lists.put(name, all.list(name, reader).orElse(List.of()))));
        return lists;
    }

    /** The values under a key by the names that the file gives them, in its order; none where the key is missing. */
    public <T> Map<String, T> values(String key, RouteValues.Reader<T> reader) {
        Map<String, T> values = new LinkedHashMap<>();
        optionalSection(key).ifPresent(all -> List.copyOf(all.entries.keySet())
                .forEach(name -> all.value(name, reader).ifPresent(value -> values.put(name, value))));
        return values;
    }

    /** Notes a mistake in this section. @param key empty: the section itself */
    public void refuse(String key, String wrong, String cure) {
        refuse(inside(key), lineOf(key), wrong, cure);
    }

    /** Ends the reading of the whole file. Throws what was noted in any section, and the keys that nobody asked for. */
    public void finish() {
        refuseUnknownKeys();
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(RouteProblem::line));
            throw new InvalidRouteException(problems);
        }
    }

    private void refuseUnknownKeys() {
        entries.forEach((key, entry) -> {
            if (!known.contains(key)) {
                boolean hasValue = !isEmpty(entry.getValueNode());
                String wrong = hasValue ? "is not a known key" : "has an unknown key without a value";
                refuse(printable(entry), lineOf(key), wrong, RouteValues.instead(key, known));
            }
        });
        sections.forEach(YamlSection::refuseUnknownKeys);
    }

    private <T> List<T> items(String key, List<Node> nodes, RouteValues.Reader<T> reader) {
        List<T> items = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String itemPath = inside(key) + "[" + i + "]";
            int itemLine = RouteYaml.line(nodes.get(i));
            Optional<T> item = scalar(itemPath, itemLine, nodes.get(i), reader);
            if (item.isPresent() && items.contains(item.get())) {
                refuse(itemPath, itemLine, "is in the list already", "keep one of them");
            }
            item.ifPresent(items::add);
        }
        return List.copyOf(items);
    }

    private <T> Optional<T> scalar(String where, int at, Node node, RouteValues.Reader<T> reader) {
        if (!(node instanceof ScalarNode scalar)) {
            refuse(where, at, "is not a single value", "write one value, without brackets or keys below it");
            return Optional.empty();
        }
        if (isEmpty(scalar)) {
            refuse(where, at, "is empty", "write its value");
            return Optional.empty();
        }
        try {
            return Optional.of(reader.read(scalar.getValue()));
        } catch (RouteValues.Unusable unusable) {
            refuse(where, at, unusable.wrong(), unusable.cure());
            return Optional.empty();
        }
    }

    private Optional<Node> node(String key) {
        known.add(key);
        return Optional.ofNullable(entries.get(key)).map(NodeTuple::getValueNode);
    }

    private void requireKey(String key, String cure) {
        if (!has(key)) {
            refuse(key, "is missing", cure);
        }
    }

    private void refuse(String where, int at, String wrong, String cure) {
        problems.add(RouteProblem.in(file, at, where, wrong, cure));
    }

    private int lineOf(String key) {
        NodeTuple entry = entries.get(key);
        return entry == null ? line : RouteYaml.line(entry.getKeyNode());
    }

    private String inside(String key) {
        if (key.isEmpty()) {
            return path;
        }
        return path.isEmpty() ? key : path + "." + key;
    }

    private void add(NodeTuple entry) {
        Node key = entry.getKeyNode();
        if (!(key instanceof ScalarNode name)) {
            refuse(path, RouteYaml.line(key), "has a list or a mapping for a key", "write a word");
            return;
        }
        NodeTuple first = entries.putIfAbsent(name.getValue(), entry);
        if (first != null) {
            String wrong = "is written twice, first in line " + RouteYaml.line(first.getKeyNode());
            refuse(printable(entry), RouteYaml.line(key), wrong, "keep one of them");
        }
    }

    /**
     * The path of a key, or of this section if the key has no value: in <code>{keys: [a], hunter2}</code> it is a value in
     * the wrong place, perhaps a secret.
     */
    private String printable(NodeTuple entry) {
        String key = ((ScalarNode) entry.getKeyNode()).getValue();
        return isEmpty(entry.getValueNode()) ? path : inside(RouteProblem.shortened(key));
    }

    private static boolean isEmpty(Node node) {
        return node.getTag().equals(Tag.NULL)
                || (node instanceof ScalarNode scalar && scalar.getValue().isBlank());
    }
}
