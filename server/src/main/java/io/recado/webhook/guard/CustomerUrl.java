package io.recado.webhook.guard;

import java.net.InetAddress;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;

/// A customer's URL, read by the parser of the client that will call it, so that no two readers see
/// different hosts in it.
///
/// @param url as the client dials it
record CustomerUrl(HttpUrl url) {

  private static final int MAX_LENGTH = 2_048;
  private static final Set<Integer> LOW_PORTS = Set.of(443, 8443);

  /// From 1024 on, those at which something else than a web server listens: file shares, phones,
  /// displays, chat, containers, databases and caches.
  private static final Set<Integer> PORTS_OF_OTHERS =
      Set.of(
          1433, 1521, 1719, 1720, 1723, 2049, 2375, 2376, 2379, 2380, 3306, 3389, 3659, 4045, 4190,
          5060, 5061, 5432, 5672, 5900, 5984, 6000, 6379, 6380, 6566, 6665, 6666, 6667, 6668, 6669,
          6679, 6697, 7000, 7001, 9042, 9092, 9200, 9300, 10250, 10255, 11211, 27017, 27018);

  private static final Pattern UNSAFE = Pattern.compile("[\\s\\p{Cntrl}\\\\]");

  /// Up to the host. The parser would also take one slash or three.
  private static final Pattern START =
      Pattern.compile("https?://(?=[^/])([^/?#]*@)?", Pattern.CASE_INSENSITIVE);

  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

  /// Names whose last part is a number are IPv4 addresses to some readers (decimal, octal, hex).
  private static final Pattern NUMERIC =
      Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)", Pattern.CASE_INSENSITIVE);

  private static final Pattern IPV4 =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  private static final Pattern LOCAL_NAME =
      Pattern.compile("[^.]+|(.*\\.)?(localhost|local|localdomain|internal|home\\.arpa)");

  /// Reads one.
  ///
  /// @throws RefusedUrl when it is none, or one that no operator can allow
  static CustomerUrl parse(String text) throws RefusedUrl {
    if (text.length() > MAX_LENGTH) {
      throw new RefusedUrl("At most " + MAX_LENGTH + " characters; got " + text.length() + ".");
    }
    if (UNSAFE.matcher(text).find()) {
      throw new RefusedUrl("Write the URL without spaces, control characters and backslashes.");
    }
    HttpUrl url = HttpUrl.parse(text);
    Matcher start = START.matcher(text);
    if (url == null || !start.lookingAt()) {
      throw new RefusedUrl("Must be a URL such as https://hooks.example.com/recado.");
    }
    if (start.group().endsWith("@")) {
      throw new RefusedUrl("Take user name and password out of the URL.");
    }
    if (url.encodedFragment() != null) {
      throw new RefusedUrl("Take # and what follows it out of the URL.");
    }
    checkHost(url.host());
    return new CustomerUrl(url);
  }

  private static void checkHost(String host) throws RefusedUrl {
    if (host.indexOf(':') >= 0) {
      return; // an IPv6 address: the parser leaves nothing else with a colon
    }
    if (host.endsWith(".")) {
      throw new RefusedUrl("Write the host without a dot at its end.");
    }
    if (!NAME.matcher(host).matches()) {
      throw new RefusedUrl("Must name a host with letters, digits, hyphens and single dots.");
    }
    if (NUMERIC.matcher(host).matches() && !IPV4.matcher(host).matches()) {
      throw new RefusedUrl("Write an IPv4 address as four decimal numbers with dots.");
    }
  }

  /// The rule of scheme, port or host name that it breaks, as a sentence that says what to change.
  /// An operator who allows the network of the host lifts these rules.
  Optional<String> brokenRule() {
    if (!url.isHttps()) {
      return Optional.of("Must begin with https://.");
    }
    int port = url.port();
    if (PORTS_OF_OTHERS.contains(port) || port < 1_024 && !LOW_PORTS.contains(port)) {
      return Optional.of(
          "Port " + port + " is not for web servers; use 443, 8443 or another from 1024 on.");
    }
    if (findLiteral().isEmpty() && LOCAL_NAME.matcher(url.host()).matches()) {
      return Optional.of("Must name a host of the public internet, such as hooks.example.com.");
    }
    return Optional.empty();
  }

  /// The address when the host is one and not a name.
  Optional<InetAddress> findLiteral() {
    String host = url.host();
    return host.indexOf(':') >= 0 || IPV4.matcher(host).matches()
        ? Optional.of(InetAddress.ofLiteral(host))
        : Optional.empty();
  }

  /// Why a URL is no customer's, as a sentence that says what to change.
  static final class RefusedUrl extends Exception {

    private static final long serialVersionUID = 1;

    private final String sentence;

    RefusedUrl(String sentence) {
      super(sentence);
      this.sentence = sentence;
    }

    String sentence() {
      return sentence;
    }
  }
}
