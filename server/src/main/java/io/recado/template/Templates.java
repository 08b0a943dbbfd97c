package io.recado.template;

import io.recado.channel.Channel;
import io.recado.channel.ReadThrough;
import io.recado.journal.ReadPool;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The templates of each channel, in memory, since every send of one asks for them. What this node
/// has synced is seen at once, what another node has within [#MAX_AGE]. Safe for many threads.
public final class Templates {

  /// How late another node's sync may be seen.
  public static final Duration MAX_AGE = Duration.ofSeconds(10);

  private static final ChannelTemplates NONE = new ChannelTemplates(List.of());

  private final ReadThrough<Key, ChannelTemplates> templates;

  /// Templates that this pool reads.
  public Templates(ReadPool reads, InstantSource clock) {
    templates =
        new ReadThrough<>(
            key ->
                reads.read(
                    r ->
                        Optional.of(
                            new ChannelTemplates(
                                TemplateStore.all(r, key.workspace, key.channel)))),
            MAX_AGE,
            clock,
            (_, _) -> {});
  }

  /// The channel's templates as they were last synced; none before the first sync.
  public ChannelTemplates of(Channel channel) {
    return templates.find(Key.of(channel)).orElse(NONE);
  }

  void synced(Channel channel, ChannelTemplates now) {
    templates.put(Key.of(channel), now);
  }

  private record Key(long workspace, long channel) {

    static Key of(Channel channel) {
      return new Key(channel.workspace(), channel.key());
    }
  }
}
