package io.recado.simulation;

import io.recado.connector.ProviderEvent.ReceiptStatus;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What must hold at the end, by the tables and the ledgers alone; the numbers of the invariants
/// are those of docs/simulation.md.
final class Checker {

  private static final long STALE_MILLIS = 2_100;
  private static final long AFTER_JUMP_MILLIS = 5_000;

  private final World world;
  private final Ledger ledger;
  private final Connection connection;
  private final Map<String, StoredMessage> messages = new HashMap<>();
  private final Set<String> known = new HashSet<>();
  private final List<String> faults = new ArrayList<>();

  Checker(World world) {
    this.world = world;
    this.ledger = world.ledger();
    this.connection = world.disk().connection();
  }

  void check() {
    StoredMessage.all(connection).forEach(message -> messages.put(message.id(), message));
    requests();
    inbound();
    receipts();
    calls();
    order();
    pieces();
    settled();
    new EventChecker(connection, messages, faults).check();
    if (!faults.isEmpty()) {
      throw new AssertionError(String.join("; ", faults.subList(0, Math.min(5, faults.size()))));
    }
  }

  private void require(boolean holds, String fault, Object... values) {
    if (!holds) {
      faults.add(fault.formatted(values));
    }
  }

  private void requests() {
    Map<String, Integer> byText = new HashMap<>();
    for (StoredMessage message : messages.values()) {
      if (message.isOutbound() && message.text() != null) {
        byText.merge(message.text(), 1, Integer::sum);
        require(
            ledger.requests.containsKey(message.text()), "I6: nobody asked for %s", message.text());
      }
    }
    byText.forEach(
        (text, count) -> {
          Ledger.Request request = ledger.requests.get(text);
          require(
              request == null || count <= 1 + request.resends,
              "I10: %s was accepted %d times",
              text,
              count);
        });
    for (Ledger.Request request : ledger.requests.values()) {
      require(
          new HashSet<>(request.answers).size() <= 1,
          "I10: %s was answered as %s",
          request.text,
          request.answers);
      require(
          request.resent.size() <= request.resends && messages.keySet().containsAll(request.resent),
          "I1: %s was sent again and that is lost",
          request.text);
      for (String answer : request.answers) {
        StoredMessage stored = messages.get(answer);
        require(stored != null, "I1: %s was acknowledged and is lost", request.text);
        require(
            stored == null
                || request.text.equals(stored.text())
                || stored.text() == null && request.hasFallback,
            "I1: %s has another content",
            request.text);
      }
    }
  }

  private void inbound() {
    Set<String> names = new HashSet<>();
    for (StoredMessage message : messages.values()) {
      if (!message.isOutbound()) {
        Ledger.Written written = ledger.written.get(message.providerName());
        require(
            written != null && written.text.equals(message.text()),
            "I6: nobody wrote %s",
            message.providerName());
        require(names.add(message.providerName()), "I9: %s is there twice", message.providerName());
      }
    }
    ledger.written.forEach(
        (name, written) ->
            require(
                !written.isAcknowledged || names.contains(name),
                "I1: %s was acknowledged and is lost",
                name));
  }

  private void receipts() {
    known.addAll(
        Tables.query(
            connection,
            "SELECT lower(hex(message_id)) || ' ' || piece || ' ' || status FROM receipt",
            row -> row.getString(1)));
    Set<String> early =
        new HashSet<>(
            Tables.query(
                connection,
                "SELECT provider_message_id || ' ' || status FROM early_receipt",
                row -> row.getString(1)));
    for (Ledger.Acknowledged receipt : ledger.acknowledged) {
      boolean isApplied = isApplied(receipt);
      boolean isKept = early.contains(receipt.name() + " " + receipt.status());
      require(isApplied || isKept, "I1: %s was acknowledged and is lost", receipt);
      StoredMessage message = messages.get(receipt.message());
      require(
          !isApplied
              || message == null
              || receipt.status() == ReceiptStatus.FAILED
              || pieces(message) > 1
              || message.rank() >= rank(receipt.status()),
          "I5: %s, and yet the message is %s",
          receipt,
          message);
    }
    require(
        Tables.count(
                connection,
                "SELECT COUNT(*) FROM early_receipt e JOIN provider_message p"
                    + " ON p.provider_message_id = e.provider_message_id")
            == 0,
        "I1: a receipt was kept and never applied to its message");
  }

  private boolean isApplied(Ledger.Acknowledged receipt) {
    return known.contains(receipt.message() + " " + receipt.piece() + " " + receipt.status());
  }

  private static int rank(ReceiptStatus status) {
    return switch (status) {
      case SENT -> 2;
      case FAILED -> 3;
      case DELIVERED -> 4;
      case READ -> 5;
    };
  }

  private void calls() {
    Map<String, String> outcomes = new HashMap<>();
    Tables.query(
        connection,
        "SELECT lower(hex(message_id)) || ' ' || attempt, outcome FROM attempt",
        row -> outcomes.put(row.getString(1), row.getString(2)));
    Set<String> cancelled = new HashSet<>();
    // What has a fallback may have been accepted first, and reported as failed.
    ledger.requests.values().stream()
        .filter(request -> request.isCancelled && !request.hasFallback)
        .forEach(request -> cancelled.addAll(request.answers));
    Map<String, Ledger.Call> accepted = new HashMap<>();
    Set<String> attempts = new HashSet<>();
    for (Ledger.Call call : ledger.calls) {
      StoredMessage message = messages.get(call.message());
      String attempt = call.message() + " " + call.attempt();
      require(message != null, "I6: the provider was asked to send %s", call);
      require(attempts.add(attempt), "I2: attempt %s was made twice", attempt);
      if (message != null) {
        expiry(call, message);
      }
      if (call.name() != null) {
        require(!cancelled.contains(call.message()), "I2: %s was taken back and sent", call.text());
        String what =
            call.message() + " " + call.piece() + (call.text() == null ? " fallback" : "");
        Ledger.Call before = accepted.put(what, call);
        require(
            before == null
                || world.profile().resends
                    && "IN_DOUBT".equals(outcomes.get(before.message() + " " + before.attempt())),
            "I2: %s was accepted twice: attempt %s and %s",
            what,
            before == null ? 0 : before.attempt(),
            call.attempt());
      }
    }
  }

  private int pieces(StoredMessage message) {
    return message.text() == null ? 1 : world.network().pieceCount(message.text());
  }

  /// Pieces follow each other, a message has no more than the least of its pieces, and no less than
  /// what was reported of all.
  private void pieces() {
    for (StoredMessage message : messages.values()) {
      int pieces = message.isOutbound() ? pieces(message) : 1;
      if (pieces > 1) {
        List<Integer> accepted =
            ledger.calls.stream()
                .filter(call -> call.name() != null && call.message().equals(message.id()))
                .map(Ledger.Call::piece)
                .toList();
        require(
            accepted.equals(accepted.stream().sorted().toList()),
            "I4: the pieces of %s were accepted as %s",
            message,
            accepted);
        int least = pieces;
        int proved = 5;
        for (int piece = 0; piece < pieces; piece++) {
          least = accepted.contains(piece) ? least : piece;
          proved = Math.min(proved, proved(message, piece));
        }
        require(
            least == pieces || message.rank() < 2 || message.rank() == 3,
            "I5: %s, and only %d of %d pieces were accepted",
            message,
            least,
            pieces);
        require(message.rank() >= proved, "I5: %s, and rank %d is proved", message, proved);
      }
    }
  }

  /// The rank that receipts which were acknowledged prove of a piece; 0 for none.
  private int proved(StoredMessage message, int piece) {
    return ledger.acknowledged.stream()
        .filter(receipt -> receipt.message().equals(message.id()) && receipt.piece() == piece)
        .filter(this::isApplied)
        .filter(receipt -> receipt.status() != ReceiptStatus.FAILED)
        .mapToInt(receipt -> rank(receipt.status()))
        .max()
        .orElse(0);
  }

  private void expiry(Ledger.Call call, StoredMessage message) {
    long millis = call.micros() / 1_000;
    boolean isAfterJump =
        ledger.clockJumps.stream()
            .anyMatch(jump -> jump <= millis && millis - jump < AFTER_JUMP_MILLIS);
    require(
        isAfterJump
            || call.clockMillis() <= message.expireTime() + STALE_MILLIS + ledger.pausedMillis,
        "I3: %s was sent %d ms after its time to live",
        call.text(),
        call.clockMillis() - message.expireTime());
  }

  private void order() {
    Map<String, Long> last = new HashMap<>();
    // What is left of such a message follows when a receipt comes; others have gone on by then.
    Set<String> stoodAside =
        new HashSet<>(
            Tables.query(
                connection,
                "SELECT lower(hex(message_id)) FROM attempt WHERE outcome IN ('IN_DOUBT', 'HELD')",
                row -> row.getString(1)));
    for (Ledger.Call call : ledger.calls) {
      StoredMessage message = messages.get(call.message());
      boolean isRest = call.piece() > 0 && stoodAside.contains(call.message());
      if (call.name() != null && call.text() != null && message != null && !isRest) {
        Long before = last.put(call.phone(), message.seq());
        require(
            before == null || before <= message.seq(),
            "I4: %s was accepted after a later one",
            call.text());
      }
    }
    Map<Integer, Long> lastOfClient = new HashMap<>();
    for (Ledger.Request request : ledger.requests.values()) {
      if (!request.answers.isEmpty() && !request.isRefused && !request.isScheduled) {
        StoredMessage message = messages.get(request.answers.getFirst());
        Long before = message == null ? null : lastOfClient.put(request.client, message.seq());
        require(
            before == null || before < message.seq(),
            "I4: %s has a place before an earlier one",
            request.text);
      }
    }
  }

  private void settled() {
    for (StoredMessage message : messages.values()) {
      require(
          !message.isOutbound() || message.rank() > 0, "I3: message %s is not settled", message);
      require(message.rank() != 1 || !"SENT".equals(message.status()), "I5: message %s", message);
    }
    if (Math.floorMod(world.random().nextInt(), 20) == 0) {
      List<String> found =
          Tables.query(connection, "PRAGMA integrity_check", row -> row.getString(1));
      require(found.equals(List.of("ok")), "I13: %s", found);
    }
  }
}
