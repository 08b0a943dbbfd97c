package io.recado.http.page;

import io.recado.http.request.ApiError;
import io.recado.http.request.Digest;
import io.recado.http.request.ErrorReason;
import io.recado.http.request.Request;
import io.recado.journal.Cipher;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes and reads page tokens. A token is encrypted, so that nobody reads or makes one, and bound
/// to the workspace, the path and every query parameter but `pageSize`: it goes on with the list
/// that it came from and no other. It grants nothing, and does not expire. Safe for many threads.
///
/// Inside: a version byte, 16 bytes of SHA-256 over what it is bound to, the position.
public final class PageTokens {

  private static final byte VERSION = 1;
  private static final int BINDING_BYTES = 16;
  private static final int MOST_CHARACTERS = 1_024;

  private final Cipher cipher;

  /// Tokens of one keyset; all nodes of a database share it.
  public PageTokens(Cipher cipher) {
    this.cipher = cipher;
  }

  /// The page that a request asks for with `pageSize` and `pageToken`.
  ///
  /// @throws ApiError on `pageSize`; or `PAGE_TOKEN_INVALID`, `PAGE_TOKEN_MISMATCH`
  public Page page(Request request, Page.Sizes sizes) {
    int size = size(request, sizes);
    byte[] binding = binding(request);
    String place = place(request);
    Position after =
        request.parameter("pageToken").map(token -> open(token, binding, place)).orElse(null);
    return new Page(size, after, position -> seal(position, binding, place));
  }

  private static int size(Request request, Page.Sizes sizes) {
    Optional<String> text = request.parameter("pageSize");
    if (text.isEmpty()) {
      return sizes.usual();
    }
    long size = number(text.get());
    if (size < 0) {
      throw ApiError.invalid(
          "pageSize", "INVALID_VALUE", "A whole number from 0 to " + sizes.most() + ".");
    }
    if (size > sizes.most() && sizes.strict()) {
      throw ApiError.invalid(
          "pageSize", "TOO_LARGE", "At most " + sizes.most() + "; got " + size + ".");
    }
    return size == 0 ? sizes.usual() : (int) Math.min(size, sizes.most());
  }

  /// A number without a sign; -1 when it is none. More digits than a long holds are still a number.
  private static long number(String text) {
    if (!text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return -1;
    }
    String digits = text.replaceFirst("^0+(?=.)", "");
    return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits);
  }

  private String seal(Position position, byte[] binding, String place) {
    ByteBuffer plain = ByteBuffer.allocate(1 + BINDING_BYTES + position.size());
    plain.put(VERSION).put(binding);
    position.write(plain);
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(cipher.encrypt(plain.array(), place));
  }

  private Position open(String token, byte[] binding, String place) {
    ByteBuffer plain = decrypt(token, place);
    if (plain == null || plain.get() != VERSION) {
      throw ApiError.of(
          ErrorReason.PAGE_TOKEN_INVALID,
          "pageToken is not one that this list gave; begin without it.");
    }
    byte[] bound = new byte[BINDING_BYTES];
    plain.get(bound);
    if (!Arrays.equals(bound, binding)) {
      throw ApiError.of(
          ErrorReason.PAGE_TOKEN_MISMATCH,
          "pageToken was given for other arguments; send those again, or begin without it.");
    }
    return Position.read(plain);
  }

  private @Nullable ByteBuffer decrypt(String token, String place) {
    if (token.length() > MOST_CHARACTERS) {
      return null;
    }
    try {
      return ByteBuffer.wrap(cipher.decrypt(Base64.getUrlDecoder().decode(token), place));
    } catch (IllegalArgumentException | Cipher.Unreadable _) {
      return null;
    }
  }

  private static byte[] binding(Request request) {
    Map<String, String> query = new LinkedHashMap<>(request.query());
    query.remove("pageSize");
    query.remove("pageToken");
    query.values().removeIf(value -> value.isEmpty() || value.equals("null"));
    byte[] hash =
        new Digest()
            .number(request.requireCaller().workspace())
            .text(request.route())
            .texts(request.variables())
            .texts(query)
            .end();
    return Arrays.copyOf(hash, BINDING_BYTES);
  }

  private static String place(Request request) {
    return request.requireCaller().workspace() + "|pageToken||";
  }
}
