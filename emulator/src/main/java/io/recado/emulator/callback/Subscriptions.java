package io.recado.emulator.callback;

import io.recado.emulator.account.Account;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which accounts are subscribed, and which accounts and numbers have a callback address of their
/// own.
///
/// A number's address wins over the account's, which wins over the configured one.
public final class Subscriptions {
  private final Set<String> unsubscribed = ConcurrentHashMap.newKeySet();
  private final Map<String, String> overrides = new ConcurrentHashMap<>();

  public void subscribe(String accountId) {
    unsubscribed.remove(accountId);
  }

  public void unsubscribe(String accountId) {
    unsubscribed.add(accountId);
    overrides.remove(accountId);
  }

  public boolean isSubscribed(String accountId) {
    return !unsubscribed.contains(accountId);
  }

  /// Gives an account or a number, by its id, another address.
  public void override(String id, String url) {
    overrides.put(id, url);
  }

  /// Takes the address of their own from an account or a number.
  public void restore(String id) {
    overrides.remove(id);
  }

  public Optional<String> findOverride(String id) {
    return Optional.ofNullable(overrides.get(id));
  }

  Optional<Destination> findDestination(Account account, @Nullable String numberId) {
    if (!isSubscribed(account.id())) {
      return Optional.empty();
    }
    String url = numberId == null ? null : overrides.get(numberId);
    if (url == null) {
      url = overrides.getOrDefault(account.id(), account.callbackUrl());
    }
    return Optional.ofNullable(url).map(to -> new Destination(to, account.appSecret()));
  }
}
