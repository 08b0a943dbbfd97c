package io.recado.emulator.account;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All accounts, found by their id, by a number's id, or by token. Readers never wait.
public final class Accounts {
  private volatile Index index = new Index(Map.of(), Map.of());

  private record Index(Map<String, Account> byId, Map<String, Account> byNumber) {}

  /// Adds an account, or replaces the one of that id.
  ///
  /// @throws IllegalArgumentException when one of its numbers belongs to another account
  public synchronized void put(Account account) {
    Map<String, Account> byId = new LinkedHashMap<>(index.byId);
    byId.put(account.id(), account);
    Map<String, Account> byNumber = new LinkedHashMap<>();
    for (Account each : byId.values()) {
      for (PhoneNumber number : each.numbers()) {
        if (byNumber.put(number.id(), each) != null) {
          throw new IllegalArgumentException(
              "phoneNumberId " + number.id() + " is named twice; give every number its own id.");
        }
      }
    }
    index = new Index(byId, byNumber);
  }

  public Optional<Account> find(String accountId) {
    return Optional.ofNullable(index.byId.get(accountId));
  }

  public Optional<Account> findByNumber(String numberId) {
    return Optional.ofNullable(index.byNumber.get(numberId));
  }

  public boolean knowsToken(String token) {
    for (Account account : index.byId.values()) {
      if (account.accessToken().equals(token)) {
        return true;
      }
    }
    return false;
  }

  /// In order of their arrival.
  public Collection<Account> all() {
    return index.byId.values();
  }

  /// The number with this id, or the first number there is when `numberId` is null.
  public Optional<PhoneNumber> findNumberOrFirst(@Nullable String numberId) {
    if (numberId != null) {
      return findByNumber(numberId).flatMap(account -> account.findNumber(numberId));
    }
    return all().stream().flatMap(account -> account.numbers().stream()).findFirst();
  }
}
