package io.recado.message;

import io.recado.conversation.Places;
import io.recado.conversation.Places.Place;
import io.recado.journal.Reads;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/// The messages of a conversation by their places, as of the making of this. For one thread, and no
/// longer than its [Reads].
///
/// @param isMeant the others are passed over
record ConversationMessages(
    Reads reads, long workspace, Places places, Predicate<Message> isMeant) {

  /// All messages of a conversation.
  static ConversationMessages of(Reads reads, long workspace, long conversation) {
    return new ConversationMessages(
        reads, workspace, Places.of(reads, workspace, conversation), _ -> true);
  }

  /// Only those that are meant.
  ConversationMessages only(Predicate<Message> meant) {
    return new ConversationMessages(reads, workspace, places, meant);
  }

  /// Those before a place, newest first.
  List<Message> before(long seq, int limit) {
    List<Message> found = new ArrayList<>(limit);
    long end = Math.min(seq - 1, places.last());
    while (end > 0 && found.size() < limit) {
      List<Place> some = places.between(reads, end - limit + 1, end);
      found.addAll(at(some).reversed());
      end = some.isEmpty() && end < places.first(reads) ? 0 : end - limit;
    }
    return first(found, limit);
  }

  /// Those after a place, oldest first.
  List<Message> after(long seq, int limit) {
    List<Message> found = new ArrayList<>(limit);
    long from = seq + 1;
    while (from <= places.last() && found.size() < limit) {
      List<Place> some = places.between(reads, from, from + limit - 1);
      found.addAll(at(some));
      from = some.isEmpty() ? Math.max(from + limit, places.first(reads)) : from + limit;
    }
    return first(found, limit);
  }

  private List<Message> at(List<Place> some) {
    return MessageStore.at(reads, workspace, some).stream().filter(isMeant).toList();
  }

  private static List<Message> first(List<Message> found, int limit) {
    return found.size() > limit ? found.subList(0, limit) : found;
  }
}
