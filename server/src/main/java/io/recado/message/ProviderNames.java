package io.recado.message;

import io.recado.journal.Part;
import io.recado.journal.Reads;
import io.recado.journal.Tx;
import io.recado.message.Receipts.Named;
import io.recado.message.Receipts.Receipt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Which messages the providers' names in a group stand for, and the receipts that came before such
/// a name was known.
///
/// A name and a receipt that meet in one group find each other in either order, because both go
/// through here: what the group has only gathered yet, the database would not show.
public final class ProviderNames implements Part {

  /// After the conversations, whose locks cover the messages.
  public static final Kind<ProviderNames> KIND = new Kind<>(250, ProviderNames::new);

  static final String LOAD_EARLY =
      """
      SELECT provider_message_id, status, time, provider_time, reason, provider_code,
        provider_message
      FROM early_receipt
      WHERE workspace_key = ? AND channel_key = ? AND provider_message_id IN (/*keys*/)\
      """;
  private static final String NAME =
      """
      INSERT INTO provider_message (workspace_key, channel_key, provider_message_id, message_id,
        piece)
      VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
      """;
  private static final String KEEP =
      """
      INSERT INTO early_receipt (workspace_key, channel_key, provider_message_id, status, time,
        provider_time, reason, provider_code, provider_message)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING\
      """;
  private static final String FORGET =
      """
      DELETE FROM early_receipt
      WHERE workspace_key = ? AND channel_key = ? AND provider_message_id = ?\
      """;

  private final Map<Account, Set<String>> wanted = new TreeMap<>();
  private final Map<Name, Named> names = new HashMap<>();
  private final Map<Name, List<Receipt>> early = new HashMap<>();
  private final Map<Name, List<Receipt>> kept = new HashMap<>();
  private final Set<Name> taken = new HashSet<>();

  /// Asks for what is known under a provider's name, in a write's `prepare`.
  public static void want(Tx tx, long workspace, long channel, String providerMessageId) {
    tx.part(KIND)
        .wanted
        .computeIfAbsent(new Account(workspace, channel), _ -> new TreeSet<>())
        .add(providerMessageId);
  }

  /// The message that a name stands for.
  public static Optional<Named> find(
      Tx tx, long workspace, long channel, String providerMessageId) {
    return Optional.ofNullable(
        tx.part(KIND).names.get(new Name(workspace, channel, providerMessageId)));
  }

  /// Gives a message a name; does nothing when the name stands for a message already.
  ///
  /// @return the receipts that came before it, oldest first; they are taken out
  public static List<Receipt> give(
      Tx tx, long workspace, long channel, String providerMessageId, Named named) {
    ProviderNames part = tx.part(KIND);
    Name name = new Name(workspace, channel, providerMessageId);
    if (part.names.putIfAbsent(name, named) == null) {
      tx.batch(
          NAME,
          binds ->
              binds
                  .number(workspace)
                  .number(channel)
                  .text(providerMessageId)
                  .id(named.message())
                  .number(named.piece()));
    }
    return part.takeEarly(tx, name);
  }

  /// Keeps a receipt whose message is not known yet.
  public static void keepEarly(
      Tx tx, long workspace, long channel, String providerMessageId, Receipt receipt) {
    tx.changed();
    tx.part(KIND)
        .kept
        .computeIfAbsent(new Name(workspace, channel, providerMessageId), _ -> new ArrayList<>())
        .add(receipt);
  }

  @Override
  public void load(Tx tx) {
    wanted.forEach(
        (account, ids) -> {
          List<String> keys = List.copyOf(ids);
          loadNames(tx, account, keys);
          loadEarly(tx, account, keys);
        });
  }

  @Override
  public void store(Tx tx) {
    taken.forEach(
        name ->
            tx.batch(
                FORGET,
                binds -> binds.number(name.workspace).number(name.channel).text(name.text)));
    kept.forEach((name, receipts) -> receipts.forEach(receipt -> keep(tx, name, receipt)));
  }

  private List<Receipt> takeEarly(Tx tx, Name name) {
    List<Receipt> all = new ArrayList<>();
    List<Receipt> stored = early.remove(name);
    if (stored != null) {
      tx.changed();
      taken.add(name);
      all.addAll(stored);
    }
    List<Receipt> ofGroup = kept.remove(name);
    if (ofGroup != null) {
      all.addAll(ofGroup);
    }
    all.sort(Comparator.comparing(Receipt::time));
    return all;
  }

  private void loadNames(Reads reads, Account account, List<String> keys) {
    Receipts.find(reads, account.workspace, account.channel, keys)
        .forEach((key, named) -> names.put(account.name(key), named));
  }

  private void loadEarly(Reads reads, Account account, List<String> keys) {
    reads
        .queryMany(
            LOAD_EARLY,
            "?",
            binds -> binds.number(account.workspace).number(account.channel),
            keys,
            (binds, key) -> binds.text(key),
            row -> Map.entry(account.name(row.text()), Receipts.receipt(row)))
        .forEach(
            entry ->
                early
                    .computeIfAbsent(entry.getKey(), _ -> new ArrayList<>())
                    .add(entry.getValue()));
  }

  private static void keep(Tx tx, Name name, Receipt receipt) {
    tx.batch(
        KEEP,
        binds -> {
          binds.number(name.workspace).number(name.channel).text(name.text);
          Receipts.bind(binds, receipt);
        });
  }

  private record Account(long workspace, long channel) implements Comparable<Account> {

    Name name(String text) {
      return new Name(workspace, channel, text);
    }

    @Override
    public int compareTo(Account other) {
      int byWorkspace = Long.compare(workspace, other.workspace);
      return byWorkspace != 0 ? byWorkspace : Long.compare(channel, other.channel);
    }
  }

  private record Name(long workspace, long channel, String text) {}
}
