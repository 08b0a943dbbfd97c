package io.recado.emulator.message;

import io.recado.emulator.account.Account;
import io.recado.emulator.account.PhoneNumber;
import io.recado.emulator.account.UserIds;
import io.recado.emulator.callback.Callbacks;
import io.recado.emulator.callback.Update;
import io.recado.emulator.graph.Json;
import io.recado.emulator.number.BlockList;
import io.recado.emulator.phone.Phones;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// People who write: opens the service window and calls the business back.
public final class Inbound {
  /// Types that do not open a window: nothing was said. Whether a reaction opens one is not known;
  /// ours do not.
  private static final Set<String> SILENT = Set.of("reaction", "edit", "revoke", "system");

  private static final int MAX_KNOWN = 100_000;

  private final ServiceWindows windows;
  private final BlockList blocked;
  private final Callbacks callbacks;
  private final Phones phones;
  private final InstantSource clock;
  private final Wamids ids;
  private final Map<String, String> numberOfId =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
              return size() > MAX_KNOWN;
            }
          });

  Inbound(
      ServiceWindows windows,
      BlockList blocked,
      Callbacks callbacks,
      Phones phones,
      InstantSource clock,
      Wamids ids) {
    this.windows = windows;
    this.blocked = blocked;
    this.callbacks = callbacks;
    this.phones = phones;
    this.clock = clock;
    this.ids = ids;
  }

  /// Takes a message in and returns its id. A blocked person's message goes nowhere.
  ///
  /// @param from the person's phone number in digits
  /// @param message as Meta sends it; what is missing of id, time and sender is filled in
  public String receive(
      Account account, PhoneNumber number, String from, String name, ObjectNode message) {
    String type = message.path("type").asString("text");
    String wamid = message.path("id").asString(ids.make(from, false));
    String userId = UserIds.of(account, from);
    ObjectNode full = Json.object().put("from", from).put("from_user_id", userId).put("id", wamid);
    full.put("timestamp", Long.toString(clock.millis() / 1_000)).put("type", type);
    full.setAll(message);
    phones.write(number.id(), from, name, wamid, full);
    if (blocked.isBlocked(number.id(), from)) {
      return wamid;
    }
    if (!SILENT.contains(type)) {
      windows.open(number.id(), from);
    }
    numberOfId.put(wamid, number.id());
    boolean anonymous = type.equals("system");
    Update.Contact contact = anonymous ? null : new Update.Contact(from, userId, name);
    callbacks.tell(
        new Update.OnNumber(
            account, number, Update.List.MESSAGES, out -> out.writeTree(full), contact));
    return wamid;
  }

  boolean knows(String numberId, String wamid) {
    return numberId.equals(numberOfId.get(wamid));
  }
}
