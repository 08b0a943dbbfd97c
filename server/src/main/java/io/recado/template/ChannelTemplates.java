package io.recado.template;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All templates of one channel as they were last synced, by name and language. Immutable.
public final class ChannelTemplates {

  private final List<Template> all;
  private final Map<String, List<Template>> byName;

  /// @param templates in any order
  public ChannelTemplates(List<Template> templates) {
    all =
        templates.stream()
            .sorted(Comparator.comparing(Template::name).thenComparing(Template::language))
            .toList();
    byName =
        all.stream()
            .collect(Collectors.groupingBy(Template::name, TreeMap::new, Collectors.toList()));
  }

  /// All of them, by name, then by language.
  public List<Template> all() {
    return all;
  }

  /// The languages of one template; none when there is no such template.
  public List<Template> named(String name) {
    return byName.getOrDefault(name, List.of());
  }

  /// The names.
  Set<String> names() {
    return byName.keySet();
  }
}
