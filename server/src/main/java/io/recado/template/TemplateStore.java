package io.recado.template;

import io.recado.journal.Reads;
import io.recado.journal.Tx;
import java.util.List;

/// All SQL of templates.
public final class TemplateStore {

  private static final String ALL =
      """
      SELECT name, language, category, status, definition, update_time
      FROM template WHERE workspace_key = ? AND channel_key = ? ORDER BY name, language\
      """;
  private static final String PUT =
      """
      INSERT INTO template (workspace_key, channel_key, name, language, category, status,
        definition, update_time)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (workspace_key, channel_key, name, language) DO UPDATE
      SET category = excluded.category, status = excluded.status,
        definition = excluded.definition, update_time = excluded.update_time\
      """;
  private static final String REMOVE =
      """
      DELETE FROM template
      WHERE workspace_key = ? AND channel_key = ? AND name = ? AND language = ?\
      """;

  private TemplateStore() {}

  /// All templates of a channel, whatever their status.
  public static List<Template> all(Reads reads, long workspace, long channel) {
    return reads.query(
        ALL,
        binds -> binds.number(workspace).number(channel),
        row ->
            new StoredTemplate(
                    row.text(), row.text(), row.text(), row.text(), row.text(), row.time())
                .template());
  }

  /// Adds a template, or brings it up to date.
  static void put(Tx tx, long workspace, long channel, Template template) {
    StoredTemplate row = StoredTemplate.of(template);
    tx.batch(
        PUT,
        binds ->
            binds
                .number(workspace)
                .number(channel)
                .text(row.name())
                .text(row.language())
                .text(row.category())
                .text(row.status())
                .text(row.definition())
                .time(row.updateTime()));
  }

  /// Removes a template.
  static void remove(Tx tx, long workspace, long channel, Template template) {
    tx.batch(
        REMOVE,
        binds ->
            binds
                .number(workspace)
                .number(channel)
                .text(template.name())
                .text(template.language()));
  }
}
