package io.recado.simulation;

import io.recado.connector.ConnectorSession.OutboundMessage;
import io.recado.connector.Content;
import io.recado.connector.Identifier;
import io.recado.connector.ProviderAnswer;
import io.recado.connector.ProviderEvent;
import io.recado.connector.ProviderEvent.MessageReceived;
import io.recado.connector.ProviderEvent.ReceiptStatus;
import io.recado.connector.Reason;
import io.recado.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The provider's callbacks: in batches, again until they are answered with 200, and sometimes
/// again after that.
final class Feed {

  private static final int BATCH = 20;
  private static final long SECOND = 1_000_000;

  private final World world;
  private final RandomGenerator random;
  private final List<Item> due = new ArrayList<>();
  private boolean isPosting;
  private int open;

  Feed(World world) {
    this.world = world;
    this.random = world.random();
  }

  /// How many events are not answered yet.
  int open() {
    return open;
  }

  void written(String name, String phone, String text) {
    Instant time = world.clock().instant();
    later(
        new Item(
            new MessageReceived(
                Network.ACCOUNT,
                name,
                List.of(Identifier.phone(phone)),
                "P",
                new Content.Text(text),
                null,
                time,
                JsonObject.empty()),
            null),
        random.nextLong(SECOND));
  }

  /// A report about a message.
  void report(
      OutboundMessage message,
      String name,
      ReceiptStatus status,
      @Nullable Reason reason,
      long delayMicros) {
    boolean isWindow = reason == Reason.SERVICE_WINDOW_CLOSED;
    var failure =
        reason == null
            ? null
            : new ProviderEvent.Failure(reason, new ProviderAnswer(0, "131026", null));
    var receipt =
        new ProviderEvent.Receipt(
            Network.ACCOUNT,
            name,
            world.profile().echoes ? message.echo() : null,
            status,
            world.clock().instant(),
            List.of(),
            failure);
    var acknowledged =
        new Ledger.Acknowledged(
            message.echo().messageId(),
            name,
            message.echo().attempt(),
            message.echo().piece(),
            status,
            isWindow);
    later(new Item(receipt, acknowledged), delayMicros);
  }

  private void later(Item item, long delayMicros) {
    open++;
    again(item, delayMicros);
  }

  private void again(Item item, long delayMicros) {
    world
        .agenda()
        .after(
            delayMicros,
            () -> {
              due.add(item);
              if (!isPosting) {
                isPosting = true;
                world.agenda().after(random.nextLong(SECOND / 50), this::post);
              }
            });
  }

  private void post() {
    isPosting = false;
    if (due.isEmpty()) {
      return;
    }
    List<Item> batch = new ArrayList<>();
    while (!due.isEmpty() && batch.size() < BATCH) {
      batch.add(due.remove(random.nextInt(due.size())));
    }
    if (!due.isEmpty()) {
      isPosting = true;
      world.agenda().after(random.nextLong(SECOND / 10), this::post);
    }
    Node node = world.node();
    if (node == null) {
      failed(batch);
      return;
    }
    List<ProviderEvent> events = batch.stream().map(Item::event).toList();
    node.request(
        () -> {
          node.callbacks.apply(node.channel(world.channel()), events);
          return batch;
        },
        this::answered,
        _ -> failed(batch));
  }

  private void failed(List<Item> batch) {
    long delay = random.nextLong(SECOND, 10 * SECOND);
    batch.forEach(item -> again(item, delay + random.nextLong(SECOND)));
  }

  private void answered(List<Item> batch) {
    for (Item item : batch) {
      if (!item.isAnswered) {
        item.isAnswered = true;
        open--;
        acknowledge(item);
      }
      if (world.isHostile() && random.nextDouble() < world.profile().repeatsCallback) {
        again(item, random.nextLong(20 * SECOND));
      }
    }
  }

  private void acknowledge(Item item) {
    if (item.receipt != null) {
      world.ledger().acknowledged.add(item.receipt);
    } else if (item.event instanceof MessageReceived received) {
      world.ledger().written.get(received.providerMessageId()).isAcknowledged = true;
    }
  }

  private static final class Item {
    private final ProviderEvent event;
    private final Ledger.@Nullable Acknowledged receipt;
    private boolean isAnswered;

    private Item(ProviderEvent event, Ledger.@Nullable Acknowledged receipt) {
      this.event = event;
      this.receipt = receipt;
    }

    private ProviderEvent event() {
      return event;
    }
  }
}
