package io.recado.webhook.guard;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came of one call to a customer's URL.
public sealed interface CustomerAnswer {

  /// An answer came.
  ///
  /// @param status the HTTP status; a redirect is an answer like any other and was not followed
  /// @param start the body's first 16 KiB at most, as they came: the words of a stranger
  /// @param retryAfterText the header `Retry-After` as it came, or null
  record Answered(int status, byte[] start, @Nullable String retryAfterText)
      implements CustomerAnswer {

    /// The header `Retry-After` as it came.
    public Optional<String> retryAfter() {
      return Optional.ofNullable(retryAfterText);
    }
  }

  /// No answer came. Unless [Cause#isBeforeRequest] says otherwise, the request may have arrived.
  record Unanswered(Cause cause) implements CustomerAnswer {}

  /// Why no answer came.
  enum Cause {
    URL_REFUSED("the URL breaks a rule for webhook URLs", true),
    ADDRESS_REFUSED("the host has an address that is not public", true),
    NAME_UNKNOWN("the host name does not resolve", true),
    NOT_CONNECTED("no connection to the host", true),
    NOT_TRUSTED("no secure connection: TLS failed or the certificate is not trusted", true),
    TIMED_OUT("no answer in time", false),
    CUT("the connection ended before the answer", false);

    private final String words;
    private final boolean isBeforeRequest;

    Cause(String words, boolean isBeforeRequest) {
      this.words = words;
      this.isBeforeRequest = isBeforeRequest;
    }

    /// The same in words, for the endpoint's owner; without addresses.
    public String words() {
      return words;
    }

    /// Whether it is certain that not one byte of the request was written.
    public boolean isBeforeRequest() {
      return isBeforeRequest;
    }
  }
}
