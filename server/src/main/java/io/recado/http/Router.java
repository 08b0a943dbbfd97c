package io.recado.http;

import io.recado.http.Routes.Route;
import io.recado.http.request.ApiError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds the route for a method and a path, in one walk along the path's segments.
///
/// A segment of a template is a word (`channels`), a variable (`{channelId}`), or, at the end,
/// either of them with a verb (`{channelId}:pause`, `templates:sync`). Words are compared as they
/// stand, and win over variables. A colon in the last segment always begins a verb, unless it is
/// escaped. An empty segment matches nothing, so a slash at the end makes another path.
public final class Router {

  private final Node root = new Node("");

  /// Arranges the routes.
  ///
  /// @throws IllegalArgumentException when two of them collide, or a template cannot be read
  public Router(Routes routes) {
    routes.all().forEach(this::add);
  }

  /// Finds a route.
  ///
  /// @param path as it came, still percent-encoded
  /// @throws ApiError when a variable's percent-encoding is broken
  public Match find(String method, String path) {
    var values = new ArrayList<String>(4);
    Leaf leaf = path.startsWith("/") ? find(root, path, 1, values) : null;
    if (leaf == null) {
      return NoPath.INSTANCE;
    }
    Target target = leaf.target(method);
    return target == null ? new NoMethod(leaf.methods()) : target.found(values);
  }

  /// A route of a path, whatever the method and whatever its variables hold; null when there is
  /// none.
  @Nullable Route any(String path) {
    Leaf leaf = path.startsWith("/") ? find(root, path, 1, new ArrayList<>(4)) : null;
    return leaf == null ? null : leaf.targets.getFirst().route();
  }

  private static @Nullable Leaf find(Node node, String path, int start, List<String> values) {
    int slash = path.indexOf('/', start);
    int end = slash < 0 ? path.length() : slash;
    for (Node word : node.words) {
      if (word.name.length() == end - start && path.startsWith(word.name, start)) {
        Leaf leaf = slash < 0 ? word.leaf : find(word, path, end + 1, values);
        if (leaf != null) {
          return leaf;
        }
      }
    }
    if (end == start) {
      return null;
    }
    return slash < 0
        ? lastVariable(node, path, start, values)
        : innerVariable(node, path, start, end, values);
  }

  private static @Nullable Leaf innerVariable(
      Node node, String path, int start, int end, List<String> values) {
    if (node.variable == null) {
      return null;
    }
    values.add(path.substring(start, end));
    Leaf leaf = find(node.variable, path, end + 1, values);
    if (leaf == null) {
      values.removeLast();
    }
    return leaf;
  }

  private static @Nullable Leaf lastVariable(
      Node node, String path, int start, List<String> values) {
    int colon = path.indexOf(':', start);
    Leaf leaf;
    if (colon < 0) {
      leaf = node.variable == null ? null : node.variable.leaf;
      colon = path.length();
    } else {
      leaf = colon == start ? null : node.verbs.get(path.substring(colon + 1));
    }
    if (leaf != null) {
      values.add(path.substring(start, colon));
    }
    return leaf;
  }

  private void add(Route route) {
    if (!route.template().startsWith("/")) {
      throw new IllegalArgumentException(route.template() + " does not begin with a slash");
    }
    String[] segments = route.template().substring(1).split("/", -1);
    List<String> names = new ArrayList<>();
    Node node = root;
    for (int i = 0; i < segments.length - 1; i++) {
      node = node.child(segments[i], names);
    }
    Leaf leaf = node.leafFor(segments[segments.length - 1], names);
    if (Set.copyOf(names).size() < names.size()) {
      throw new IllegalArgumentException(route.template() + " has a variable twice");
    }
    leaf.add(route, List.copyOf(names));
  }

  /// What a look-up came to.
  public sealed interface Match {}

  /// A route, and the variables of its path, decoded.
  public record Found(Route route, Map<String, String> variables) implements Match {}

  /// No route has this path.
  public enum NoPath implements Match {
    /// The only one.
    INSTANCE
  }

  /// The path has routes, but not for this method.
  ///
  /// @param allowed the methods that it has, sorted
  public record NoMethod(List<String> allowed) implements Match {}

  /// A place in the tree of segments.
  private static final class Node {

    private final String name;
    private final List<Node> words = new ArrayList<>();
    private final Map<String, Leaf> verbs = new LinkedHashMap<>();
    private @Nullable Node variable;
    private @Nullable Leaf leaf;

    Node(String name) {
      this.name = name;
    }

    Node child(String segment, List<String> names) {
      if (segment.startsWith("{") && segment.endsWith("}")) {
        names.add(segment.substring(1, segment.length() - 1));
        if (variable == null) {
          variable = new Node("");
        }
        return variable;
      }
      for (Node word : words) {
        if (word.name.equals(segment)) {
          return word;
        }
      }
      if (segment.indexOf('{') >= 0) {
        throw new IllegalArgumentException(segment + " is neither a word nor a variable");
      }
      Node word = new Node(segment);
      words.add(word);
      return word;
    }

    Leaf leafFor(String segment, List<String> names) {
      int verb = segment.indexOf("}:");
      if (segment.startsWith("{") && verb > 0) {
        names.add(segment.substring(1, verb));
        return verbs.computeIfAbsent(segment.substring(verb + 2), _ -> new Leaf());
      }
      Node child = child(segment, names);
      if (child.leaf == null) {
        child.leaf = new Leaf();
      }
      return child.leaf;
    }
  }

  /// The routes of one path.
  private static final class Leaf {

    private final List<Target> targets = new ArrayList<>(2);

    void add(Route route, List<String> names) {
      Target other = target(route.method());
      if (other != null) {
        throw new IllegalArgumentException(
            "two routes for "
                + route.method()
                + " "
                + other.route().template()
                + " and "
                + route.template());
      }
      targets.add(new Target(route, names));
    }

    @Nullable Target target(String method) {
      for (Target target : targets) {
        if (target.route().method().equals(method)) {
          return target;
        }
      }
      return null;
    }

    List<String> methods() {
      var methods = new TreeSet<String>();
      targets.forEach(target -> methods.add(target.route().method()));
      return List.copyOf(methods);
    }
  }

  /// A route with the names of its variables, in the order of its path.
  private record Target(Route route, List<String> names) {

    Found found(List<String> values) {
      return new Found(
          route,
          switch (values.size()) {
            case 0 -> Map.of();
            case 1 -> Map.of(names.get(0), value(values, 0));
            case 2 -> Map.of(names.get(0), value(values, 0), names.get(1), value(values, 1));
            default -> all(values);
          });
    }

    private Map<String, String> all(List<String> values) {
      Map<String, String> variables = new LinkedHashMap<>();
      for (int i = 0; i < values.size(); i++) {
        variables.put(names.get(i), value(values, i));
      }
      return variables;
    }

    private String value(List<String> values, int i) {
      return PercentDecoding.segment(names.get(i), values.get(i));
    }
  }
}
