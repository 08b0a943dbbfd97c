package io.recado.simulation;

import io.recado.connector.SendOutcome;
import io.recado.dispatch.Next;
import io.recado.dispatch.RecordOutcome;
import io.recado.dispatch.StartAttempt;
import io.recado.journal.Tx;
import io.recado.journal.Write;
import io.recado.message.AcceptMessage;
import io.recado.message.Queued;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Plants one bug, from outside: by a trigger in the database, by another statement, or by another
/// write than the one that was meant. Production code knows nothing of it.
final class Planted {

  private final World world;
  private final @Nullable Bug bug;

  Planted(World world, @Nullable Bug bug) {
    this.world = world;
    this.bug = bug;
  }

  void plant(Disk disk) {
    if (bug == Bug.EVENT_DROPPED) {
      ignore(disk, "INSERT ON event", "NEW.type = 'MESSAGE_DELIVERED' AND NEW.position % 50 = 0");
    } else if (bug == Bug.EARLY_RECEIPT_FORGOTTEN) {
      ignore(disk, "INSERT ON early_receipt", "1");
    }
  }

  String rewrite(String sql) {
    if (bug == Bug.INBOUND_NOT_DEDUPLICATED && sql.startsWith("INSERT INTO provider_message")) {
      return sql.replace(
          "DO NOTHING RETURNING", "DO UPDATE SET message_id = excluded.message_id RETURNING");
    }
    if (bug == Bug.ATTEMPT_FORGOTTEN && sql.startsWith("UPDATE outbox SET state = 'IN_DOUBT'")) {
      return sql.replace(
          "'IN_DOUBT',", "CASE state WHEN 'IN_FLIGHT' THEN 'WAITING' ELSE state END,");
    }
    if (bug == Bug.EQUAL_RANK_IS_NEWS && sql.startsWith("SELECT m.workspace_key, m.id")) {
      return sql.replace(
              "m.status,", "CASE m.status WHEN 'DELIVERED' THEN 'SENT' ELSE m.status END,")
          .replace("m.delivered_time,", "NULL,");
    }
    return sql;
  }

  boolean commits() {
    return bug != Bug.ANSWERED_BEFORE_COMMIT || world.random().nextInt(3) != 0;
  }

  /// Whether the dispatcher looks again after something was not told.
  boolean rereads() {
    return bug != Bug.HAND_OVER_LOST;
  }

  List<Queued> handOver(Node node, List<Queued> group) {
    if (bug == Bug.HANDED_OVER_BEFORE_PREDECESSOR && world.random().nextInt(10) == 0) {
      world.agenda().after(world.random().nextLong(3_000_000), () -> node.arrive(group));
      return List.of();
    }
    return group;
  }

  @SuppressWarnings("unchecked")
  <R> Write<R> admit(Write<R> write) {
    Write<?> other = bug == null ? write : other(write);
    return (Write<R>) other;
  }

  private Write<?> other(Write<?> write) {
    return switch (write) {
      case RecordOutcome outcome -> other(outcome);
      case StartAttempt start when bug == Bug.EXPIRED_IS_SENT -> {
        Instant expire = start.queued().outbox().expireTime();
        yield new StartAttempt(
            start.queued(),
            start.checkPrevious(),
            start.window(),
            start.inDoubt(),
            1,
            start.now().isBefore(expire) ? start.now() : expire.minusMillis(1));
      }
      case AcceptMessage accept when bug == Bug.KEY_NOT_COMMITTED && chance(4) ->
          new AcceptMessage(
              accept.workspace(),
              accept.channel(),
              accept.conversation(),
              accept.id(),
              accept.draft(),
              accept.window(),
              accept.now(),
              Optional.empty(),
              accept.handOver());
      default -> write;
    };
  }

  private Write<?> other(RecordOutcome write) {
    if (bug == Bug.LANE_GOES_ON_DURING_RETRY) {
      return new GoesOn(write);
    }
    boolean isBad =
        switch (write.outcome()) {
          case SendOutcome.Accepted _ -> bug == Bug.RETRIED_AFTER_ACCEPT && chance(20);
          case SendOutcome.InDoubt _ -> bug == Bug.DOUBT_IS_RETRIED;
          default -> false;
        };
    if (!isBad) {
      return write;
    }
    var row = write.queued().outbox();
    return new RecordOutcome(
        write.queued(),
        write.outcome(),
        new Next.Again(row.waiting(row.spent() + 1, 0, write.now(), null)),
        write.now());
  }

  private boolean chance(int of) {
    return world.random().nextInt(of) == 0;
  }

  private static void ignore(Disk disk, String when, String which) {
    disk.execute(
        "CREATE TRIGGER planted BEFORE %s WHEN %s BEGIN SELECT RAISE(IGNORE); END"
            .formatted(when, which));
  }

  /// Stores what is right and tells the dispatcher that the message is done; it comes back later.
  private record GoesOn(RecordOutcome write) implements Write<Next> {

    @Override
    public long workspace() {
      return write.workspace();
    }

    @Override
    public long lane() {
      return write.lane();
    }

    @Override
    public void prepare(Tx tx) {
      write.prepare(tx);
    }

    @Override
    public Next apply(Tx tx) {
      Next next = write.apply(tx);
      if (next instanceof Next.Again(var row) && World.entered() instanceof Node node) {
        node.world().agenda().after(1_000_000, () -> node.comeBack(write.queued().with(row)));
        return new Next.Settled();
      }
      return next;
    }
  }
}
