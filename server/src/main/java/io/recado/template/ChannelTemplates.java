package io.recado.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// All templates of one channel as they were last synced, by name and language. Immutable.
public final class ChannelTemplates {

  private static final int MAX_KEY = 120;
  private static final int CUT_KEY = 80;

  private final List<Template> all;
  private final Map<String, List<Template>> byName;

  /// @param templates in any order
  public ChannelTemplates(List<Template> templates) {
    all = templates.stream().sorted(Comparator.comparing(ChannelTemplates::sortKey)).toList();
    byName =
        all.stream()
            .collect(Collectors.groupingBy(Template::name, TreeMap::new, Collectors.toList()));
  }

  /// All of them, by name, then by language.
  public List<Template> all() {
    return all;
  }

  /// By name, then by language; short enough for a page token, whatever the names' lengths.
  static String sortKey(Template template) {
    String key = template.name() + "\n" + template.language();
    return key.length() <= MAX_KEY ? key : key.substring(0, CUT_KEY) + "\n" + hash(key);
  }

  private static String hash(String key) {
    try {
      byte[] utf8 = key.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(utf8), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
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
