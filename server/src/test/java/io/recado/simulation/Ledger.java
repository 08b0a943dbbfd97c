package io.recado.simulation;

import io.recado.connector.ProviderEvent.ReceiptStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What clients, provider and operator have seen, kept outside of the processes.
final class Ledger {

  /// Every message that a client wanted to send, by its text.
  final Map<String, Request> requests = new LinkedHashMap<>();

  /// Every call that reached the provider, in order.
  final List<Call> calls = new ArrayList<>();

  /// Every message that a person wrote, by the provider's name of it.
  final Map<String, Written> written = new LinkedHashMap<>();

  /// Every receipt that a callback brought and for which we answered 200.
  final List<Acknowledged> acknowledged = new ArrayList<>();

  /// When the wall clock was moved.
  final List<Long> clockJumps = new ArrayList<>();

  long pausedMillis;

  /// What a client wants to send.
  static final class Request {
    final int client;
    final int number;
    final String text;
    final boolean hasFallback;
    final boolean isScheduled;

    /// Every answer of a 200, in order.
    final List<String> answers = new ArrayList<>();

    boolean isRefused;
    boolean isCancelled;

    /// How often it may be there once more, and as what.
    int resends;

    final Set<String> resent = new HashSet<>();

    Request(int client, int number, String text, boolean hasFallback, boolean isScheduled) {
      this.client = client;
      this.number = number;
      this.text = text;
      this.hasFallback = hasFallback;
      this.isScheduled = isScheduled;
    }
  }

  /// One call.
  ///
  /// @param piece which of the message's, from 0
  /// @param text null when it was a template
  /// @param name the provider's name of what it accepted; null when it accepted nothing
  record Call(
      long micros,
      long clockMillis,
      int life,
      String message,
      int attempt,
      int piece,
      @Nullable String text,
      String phone,
      @Nullable String name) {}

  /// A person's message.
  static final class Written {
    final String phone;
    final String text;
    boolean isAcknowledged;

    Written(String phone, String text) {
      this.phone = phone;
      this.text = text;
    }
  }

  /// A receipt.
  record Acknowledged(
      String message,
      String name,
      int attempt,
      int piece,
      ReceiptStatus status,
      boolean isWindow) {}
}
