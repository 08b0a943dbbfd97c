package io.recado.simulation;

import io.recado.connector.Identifier;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.conversation.OpenConversation;
import io.recado.http.request.ApiError;
import io.recado.http.request.Fields;
import io.recado.journal.IdempotencyKey;
import io.recado.journal.StorageException;
import io.recado.json.JsonObject;
import io.recado.message.Messages;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A caller that sends one message after the other to one person, and asks again, under the same
/// key, whenever it does not know what came of it.
final class Client {

  private static final JsonObject FALLBACK =
      JsonObject.builder().with("name", "hello").with("language", "es").build();
  private static final long SECOND = 1_000_000;

  private final World world;
  private final RandomGenerator random;
  private final int number;
  private final String phone;
  private @Nullable Identity conversation;
  private Ledger.@Nullable Request current;
  private Duration ttl = Duration.ZERO;
  private int sent;
  private int calls;

  Client(World world, int number) {
    this.world = world;
    this.random = world.random();
    this.number = number;
    this.phone = "+57300%07d".formatted(number);
  }

  String phone() {
    return phone;
  }

  boolean isDone() {
    return current == null && sent >= world.profile().messages;
  }

  /// Makes the conversation, then sends.
  void begin() {
    Node node = world.node();
    if (node == null) {
      world.agenda().after(SECOND, this::begin);
      return;
    }
    node.request(
        () ->
            node.storage.journal.commit(
                new OpenConversation(
                    World.WORKSPACE,
                    node.channel(world.channel()).key(),
                    node.ids.next(),
                    List.of(Identifier.phone(phone)),
                    null,
                    world.clock().instant())),
        identity -> {
          conversation = identity;
          next();
        },
        _ -> world.agenda().after(SECOND, this::begin));
  }

  private void next() {
    if (sent >= world.profile().messages) {
      current = null;
      return;
    }
    sent++;
    boolean hasFallback = random.nextInt(4) == 0;
    boolean isScheduled = hasFallback && random.nextInt(3) == 0;
    String text = "c%d-m%d".formatted(number, sent);
    ttl = Duration.ofSeconds(random.nextInt(5) == 0 ? random.nextInt(1, 60) : 86_400);
    current = new Ledger.Request(number, sent, text, hasFallback, isScheduled);
    world.ledger().requests.put(text, current);
    call(current);
  }

  private void call(Ledger.Request request) {
    if (request != current) {
      return;
    }
    Node node = world.node();
    if (node == null) {
      world.agenda().after(random.nextLong(SECOND), () -> call(request));
      return;
    }
    int call = ++calls;
    node.request(
        () -> send(node, request),
        answer -> answered(request, answer),
        fault -> failed(request, call, fault));
    if (world.isHostile() && random.nextDouble() < world.profile().clientHangsUp) {
      // It waits no longer, and asks again while the first request may still be under way.
      world.agenda().after(random.nextLong(20_000), () -> failed(request, call, new Node.Lost()));
    }
  }

  private Messages.Answer send(Node node, Ledger.Request request) {
    var channel = node.channel(world.channel());
    Instant now = world.clock().instant();
    var body = JsonObject.builder().with("text", request.text).with("ttl", ttl.toSeconds() + "s");
    if (!request.hasFallback) {
      return node.messages.send(channel, conversation, new Fields(body.build()), key(request));
    }
    body.with("to", phone)
        .with("fallbackTemplate", FALLBACK)
        .with("priority", random.nextBoolean() ? "HIGH" : "BULK")
        .with("sendTime", request.isScheduled ? now.plusSeconds(30).toString() : null);
    return node.messages.sendTo(channel, new Fields(body.build()), key(request));
  }

  private static Optional<IdempotencyKey> key(Ledger.Request request) {
    byte[] hash = ByteBuffer.allocate(16).putInt(request.client).putInt(request.number).array();
    return Optional.of(new IdempotencyKey(World.WORKSPACE, hash, new byte[32]));
  }

  private void answered(Ledger.Request request, Messages.Answer answer) {
    request.answers.add(answer.message().id().toString());
    if (world.isHostile() && request.answers.size() == 1 && random.nextInt(8) == 0) {
      new WayOut(world, request, conversation, answer.message().id()).later();
    }
    world.trace("client: %s is %s", request.text, answer.message().id());
    goOn(request);
  }

  private void failed(Ledger.Request request, int call, RuntimeException fault) {
    if (request != current || call != calls) {
      return;
    }
    if (fault instanceof ApiError error) {
      world.trace("client: %s is refused: %s", request.text, error.getMessage());
      request.isRefused = true;
      goOn(request);
    } else if (fault instanceof StorageException || fault instanceof Node.Lost) {
      world.agenda().after(random.nextLong(2 * SECOND), () -> call(request));
    } else {
      throw new AssertionError("a request ended in a fault", fault);
    }
  }

  private void goOn(Ledger.Request request) {
    if (request == current) {
      current = null;
      long most = 2 * world.profile().hostile.toMillis() * 1_000 / world.profile().messages;
      world.agenda().after(random.nextInt(3) == 0 ? 0 : random.nextLong(most), this::next);
    }
  }
}
