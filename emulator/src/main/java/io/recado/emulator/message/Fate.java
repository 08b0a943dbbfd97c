package io.recado.emulator.message;

/// What a recipient has in store for messages, chosen by the last four digits of the phone number.
enum Fate {
  DELIVERED_AND_READ,
  NEVER_READ,
  UNDELIVERABLE,
  THROTTLED_AT_FIRST,
  PAIR_LIMITED_AT_FIRST,
  WINDOW_CLOSED,
  ANSWER_LOST,
  ANSWER_LATE,
  FAILED_AFTERWARDS,
  RECEIPTS_IN_DISORDER;

  static Fate of(String phone) {
    return switch (phone.substring(phone.length() - 4)) {
      case "0002" -> NEVER_READ;
      case "0003" -> UNDELIVERABLE;
      case "0004" -> THROTTLED_AT_FIRST;
      case "0005" -> PAIR_LIMITED_AT_FIRST;
      case "0006" -> WINDOW_CLOSED;
      case "0007" -> ANSWER_LOST;
      case "0008" -> ANSWER_LATE;
      case "0009" -> FAILED_AFTERWARDS;
      case "0010" -> RECEIPTS_IN_DISORDER;
      default -> DELIVERED_AND_READ;
    };
  }
}
