package io.recado.simulation;

import io.recado.access.AuditStamp;
import io.recado.conversation.ConversationStore.Identity;
import io.recado.http.request.ApiError;
import io.recado.journal.Id;
import io.recado.journal.IdempotencyKey;
import io.recado.message.MessageTarget;
import io.recado.message.WaysOut;
import java.nio.ByteBuffer;

/// A caller that thinks better of a message: takes it back, gives it up, or sends it again; asks
/// until it knows what came of it.
final class WayOut {

  private static final long SECOND = 1_000_000;

  private final World world;
  private final Ledger.Request request;
  private final Identity conversation;
  private final Id message;
  private final int kind;

  WayOut(World world, Ledger.Request request, Identity conversation, Id message) {
    this.world = world;
    this.request = request;
    this.conversation = conversation;
    this.message = message;
    this.kind = world.random().nextInt(3);
  }

  /// Takes it some time from now.
  void later() {
    world.agenda().after(world.random().nextLong(kind == 0 ? SECOND : 60 * SECOND), this::ask);
  }

  private void ask() {
    Node node = world.node();
    if (node == null) {
      world.agenda().after(SECOND, this::ask);
      return;
    }
    if (kind == 2) {
      request.resends = 1;
    }
    node.request(
        () -> ask(node),
        done -> {
          world.trace("way out: %s", done);
          request.isCancelled |= kind == 0;
        },
        fault -> {
          if (!(fault instanceof ApiError)) {
            world.agenda().after(world.random().nextLong(SECOND), this::ask);
          }
        });
  }

  private String ask(Node node) {
    var target = new MessageTarget(node.channel(world.channel()), conversation, message);
    var stamp = new AuditStamp(node.ids.next(), world.clock().instant(), "system");
    return switch (kind) {
      case 0 -> {
        WaysOut.cancel(node.storage.journal, target, stamp, node::settled);
        yield request.text + " is taken back";
      }
      case 1 -> {
        WaysOut.giveUp(node.storage.journal, node.messages, target, stamp, node::settled);
        yield request.text + " is given up";
      }
      default -> {
        byte[] hash = ByteBuffer.allocate(16).put(message.bytes()).array();
        var key = new IdempotencyKey(World.WORKSPACE, hash, new byte[32]);
        Id again = WaysOut.resend(node.messages, target, stamp, key);
        request.resent.add(again.toString());
        yield request.text + " is sent again as " + again;
      }
    };
  }
}
