package io.recado.webchat;

import io.recado.journal.Reads;
import io.recado.message.Message;
import io.recado.message.SharedMessages;
import io.recado.message.SharedMessages.Standing;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What one browser has of a conversation: everything up to a place, and some messages beyond it
/// that were settled before an earlier one. So a message that is handed over late is shown late,
/// and not passed over. For one thread.
final class Shown {

  private static final int PAGE = 100;

  private final TreeSet<Long> beyond = new TreeSet<>();
  private long upTo;
  private long readSeq;

  /// @param upTo the place up to which the browser has everything
  Shown(long upTo) {
    this.upTo = upTo;
  }

  /// The place up to which the browser has everything.
  long upTo() {
    return upTo;
  }

  /// The place up to which we have read what the visitor wrote.
  long readSeq() {
    return readSeq;
  }

  /// What is new, oldest first; afterwards the browser is taken to have it.
  List<Message> next(Reads reads, long workspace, long channel, long conversation) {
    Standing standing = SharedMessages.standing(reads, workspace, channel, conversation, upTo);
    readSeq = standing.readSeq();
    List<Message> fresh = new ArrayList<>();
    long from = upTo;
    List<Message> page;
    do {
      page = SharedMessages.after(reads, workspace, conversation, from, PAGE);
      for (Message message : page) {
        from = message.seq();
        if (beyond.add(message.seq())) {
          fresh.add(message);
        }
      }
    } while (page.size() == PAGE && fresh.size() < PAGE);
    // A page that was not the last tells nothing of what comes after it.
    long known = page.size() == PAGE ? from : Long.MAX_VALUE;
    upTo = Math.max(upTo, Math.min(standing.settledSeq(), known));
    beyond.headSet(upTo, true).clear();
    return fresh;
  }
}
