package io.recado.template;

import io.recado.channel.Channel;
import io.recado.connector.ProviderTemplate;
import io.recado.event.Event;
import io.recado.event.EventLog;
import io.recado.event.EventType;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Brings what is known of a channel's templates to what the provider lists: stores and tells the
/// differences, each as an event of its own. One at a time per channel.
///
/// @param listed all of the account's templates
record SyncTemplates(
    Templates templates, Channel channel, List<ProviderTemplate> listed, Instant now)
    implements Write<SyncTemplates.Counts> {

  /// What was different.
  record Counts(int added, int changed, int removed, int total) {

    JsonObject json() {
      return JsonObject.builder()
          .with("added", added)
          .with("changed", changed)
          .with("removed", removed)
          .with("total", total)
          .build();
    }
  }

  @Override
  public long workspace() {
    return channel.workspace();
  }

  @Override
  public Counts apply(Tx tx) {
    Map<Key, Template> known = new LinkedHashMap<>();
    TemplateStore.all(tx, workspace(), channel.key())
        .forEach(template -> known.put(Key.of(template.definition()), template));
    Map<Key, ProviderTemplate> current = new LinkedHashMap<>();
    listed.forEach(definition -> current.put(Key.of(definition), definition));
    List<Template> result = new ArrayList<>();
    int added = 0;
    int changed = 0;
    for (Map.Entry<Key, ProviderTemplate> entry : current.entrySet()) {
      Template old = known.remove(entry.getKey());
      if (old != null && old.definition().equals(entry.getValue())) {
        result.add(old);
        continue;
      }
      Template template = Template.of(entry.getValue(), now);
      TemplateStore.put(tx, workspace(), channel.key(), template);
      tell(tx, template, template.definition().status());
      result.add(template);
      if (old == null) {
        added++;
      } else {
        changed++;
      }
    }
    for (Template gone : known.values()) {
      TemplateStore.remove(tx, workspace(), channel.key(), gone);
      tell(tx, gone, "DELETED");
    }
    ChannelTemplates synced = new ChannelTemplates(result);
    tx.afterCommit(() -> templates.synced(channel, synced));
    return new Counts(added, changed, known.size(), result.size());
  }

  private void tell(Tx tx, Template template, String status) {
    JsonObject change = TemplateJson.of(template, status);
    EventLog.append(
        tx, Event.ofChannel(workspace(), EventType.TEMPLATE_UPDATED, now, channel.key(), change));
  }

  private record Key(String name, String language) {

    static Key of(ProviderTemplate definition) {
      return new Key(definition.name(), definition.language());
    }
  }
}
