package io.recado.emulator.account;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A WhatsApp business account with the app that serves it: its token, its secret, where it is
/// called back.
public record Account(
    String id,
    String accessToken,
    String appSecret,
    String verifyToken,
    @Nullable String callbackUrl,
    List<PhoneNumber> numbers) {
  public Account {
    numbers = List.copyOf(numbers);
  }

  public Optional<PhoneNumber> findNumber(String numberId) {
    return numbers.stream().filter(number -> number.id().equals(numberId)).findFirst();
  }

  @Override
  public String toString() {
    return "Account[" + id + "]";
  }
}
