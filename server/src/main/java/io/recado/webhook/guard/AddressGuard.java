package io.recado.webhook.guard;

import io.recado.network.AddressRange;
import io.recado.webhook.guard.CustomerUrl.RefusedUrl;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Judges URLs that customers give, and the addresses behind them.
///
/// A URL is `https` with a public host name and a web server's port, and every address of its host
/// is public; or every one is in a network that the operator allows (`RECADO_WEBHOOK_ALLOW`), and
/// then scheme, port and host name are free. Safe for many threads.
public final class AddressGuard implements AutoCloseable {

  private static final Duration LOOKUP_TIMEOUT = Duration.ofSeconds(5);

  private final List<AddressRange> allowed;
  private final NameLookups names;
  private final NameLookups.Turns turns = new NameLookups.Turns();

  /// @param allowed the networks that customers' URLs may reach although they are not public
  public AddressGuard(List<AddressRange> allowed) {
    this(allowed, LOOKUP_TIMEOUT);
  }

  /// As above, with another limit on the time of a look-up.
  AddressGuard(List<AddressRange> allowed, Duration lookupTimeout) {
    this.allowed = List.copyOf(allowed);
    this.names = new NameLookups(lookupTimeout);
  }

  /// What is wrong with a URL that somebody registers, as a sentence that says what to change;
  /// empty when nothing is. Looks its host up, for 5 s at most: a name that does not resolve yet is
  /// no fault, since every call is checked by itself.
  ///
  /// The sentence never tells an address that a name was found to have.
  public Optional<String> findFault(String url) {
    try {
      CustomerUrl parsed = CustomerUrl.parse(url);
      Optional<String> broken = parsed.brokenRule();
      if (broken.isPresent() && allowed.isEmpty()) {
        return broken.map(AddressGuard::withWayOut);
      }
      return findFault(names.lookUp(parsed.url().host(), turns), broken);
    } catch (RefusedUrl e) {
      return Optional.of(e.sentence());
    } catch (UnknownHostException _) {
      return Optional.empty();
    }
  }

  private Optional<String> findFault(List<InetAddress> addresses, Optional<String> broken) {
    if (Reach.ALLOWED.permits(addresses, allowed)) {
      return Optional.empty();
    }
    if (broken.isPresent()) {
      return broken.map(AddressGuard::withWayOut);
    }
    return Reach.PUBLIC.permits(addresses, allowed)
        ? Optional.empty()
        : Optional.of(
            withWayOut("Every address of the host must be public; one is private or reserved."));
  }

  private static String withWayOut(String sentence) {
    return sentence + " The operator can allow networks of his own with RECADO_WEBHOOK_ALLOW.";
  }

  /// Where a call to this URL may lead.
  ///
  /// @throws RefusedUrl when nowhere
  Reach reach(CustomerUrl url) throws RefusedUrl {
    Optional<String> broken = url.brokenRule();
    if (broken.isEmpty()) {
      return Reach.PUBLIC;
    }
    if (allowed.isEmpty()) {
      throw new RefusedUrl(broken.get());
    }
    return Reach.ALLOWED;
  }

  /// Whether a call may lead to a host with these addresses.
  boolean permits(Reach reach, List<InetAddress> addresses) {
    return reach.permits(addresses, allowed);
  }

  NameLookups names() {
    return names;
  }

  /// Ends the threads of its look-ups.
  @Override
  public void close() {
    names.close();
  }
}
