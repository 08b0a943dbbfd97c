package io.recado.testing;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Host names that tests give addresses to. They end in [#SUFFIX], and the JDK itself resolves
/// them: [StubNameService] answers for it. All other names go to the system.
public final class StubNames {

  /// The end of every name of this kind.
  public static final String SUFFIX = ".stub.example";

  private static final Map<String, Entry> ENTRIES = new ConcurrentHashMap<>();

  private StubNames() {}

  /// Gives a name its addresses and returns it whole.
  public static String set(String label, String... literals) {
    return flip(label, List.of(List.of(literals)));
  }

  /// Gives a name one answer after the other; the last one stays. An empty answer: no such name.
  public static String flip(String label, List<List<String>> answers) {
    ENTRIES.put(label + SUFFIX, new Entry(answers, new CountDownLatch(0)));
    return label + SUFFIX;
  }

  /// Makes a name that nobody answers before the latch is open.
  public static String slow(String label, CountDownLatch open, String... literals) {
    ENTRIES.put(label + SUFFIX, new Entry(List.of(List.of(literals)), open));
    return label + SUFFIX;
  }

  /// How often this name was looked up.
  public static int lookUps(String name) {
    return ENTRIES.get(name).lookUps.get();
  }

  static List<InetAddress> resolve(String name) throws UnknownHostException {
    Entry entry = ENTRIES.get(name);
    if (entry == null) {
      throw new UnknownHostException(name);
    }
    int turn = entry.lookUps.getAndIncrement();
    await(entry.open, name);
    List<String> answer = entry.answers.get(Math.min(turn, entry.answers.size() - 1));
    List<InetAddress> addresses = new ArrayList<>();
    for (String literal : answer) {
      addresses.add(InetAddress.getByAddress(name, InetAddress.ofLiteral(literal).getAddress()));
    }
    if (addresses.isEmpty()) {
      throw new UnknownHostException(name);
    }
    return addresses;
  }

  private static void await(CountDownLatch open, String name) throws UnknownHostException {
    try {
      open.await();
    } catch (InterruptedException e) {
      throw new UnknownHostException(name + ", interrupted");
    }
  }

  private record Entry(List<List<String>> answers, CountDownLatch open, AtomicInteger lookUps) {
    private Entry(List<List<String>> answers, CountDownLatch open) {
      this(answers, open, new AtomicInteger());
    }
  }
}
