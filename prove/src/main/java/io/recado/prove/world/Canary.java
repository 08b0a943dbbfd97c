package io.recado.prove.world;

import java.util.random.RandomGenerator;

/// Words that are in everything that is secret or private, so that one look shows whether any of it
/// came out.
///
/// @param word in every text
/// @param phonePrefix how every phone number begins
public record Canary(
    String word,
    String phonePrefix,
    String adminKey,
    String accessToken,
    String appSecret,
    String verifyToken) {

  static Canary from(RandomGenerator random) {
    String word = "zq" + Long.toString(random.nextLong(1L << 40, 1L << 41), 36);
    return new Canary(
        word,
        "57301" + random.nextInt(100, 1000),
        "admin-key-" + word,
        "EAA" + word + "token",
        word + "-app-secret",
        word + "-verify-token");
  }

  String phone(int number) {
    // From 1000 on, because the emulator reads a fate in last digits such as 0003.
    return phonePrefix + (1_000 + number);
  }
}
