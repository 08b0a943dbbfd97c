package io.recado.http.request;

import io.recado.journal.Cipher;
import io.recado.journal.IdempotencyKey;
import io.recado.journal.IdempotencyKeys;
import io.recado.journal.IdempotencyKeys.Kept;
import io.recado.journal.IdempotencyKeys.Reused;
import io.recado.journal.IdempotentWrite;
import io.recado.journal.Journal;
import io.recado.journal.ReadPool;
import io.recado.journal.Write;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Commits what a POST changes and answers it, once for each idempotency key: a request that comes
/// again is given the first one's answer, to the byte. Safe for many threads.
///
/// For answers that are kept whole, which are encrypted, since many hold a secret. A message's
/// answer is rebuilt from the message instead.
public final class IdempotentAnswers {

  /// The header of an answer to a request that came again.
  public static final String REPLAYED = "Idempotent-Replayed";

  private final Journal journal;
  private final ReadPool reads;
  private final Cipher cipher;
  private final InstantSource clock;

  /// Answers of changes that this journal commits.
  public IdempotentAnswers(Journal journal, ReadPool reads, Cipher cipher, InstantSource clock) {
    this.journal = journal;
    this.reads = reads;
    this.cipher = cipher;
    this.clock = clock;
  }

  /// Commits the change, unless the request's idempotency key says that it has been committed.
  ///
  /// @param write answers with the resource, secrets included
  /// @throws ApiError when the write refuses; or `IDEMPOTENCY_KEY_INVALID`,
  ///   `IDEMPOTENCY_KEY_REUSED`
  public Response commit(Request request, Write<JsonObject> write) {
    Optional<IdempotencyKey> key = Idempotency.keyOf(request);
    if (key.isEmpty()) {
      return Response.ok(journal.commit(write));
    }
    Form form = new Form(key.get());
    try {
      var answer = journal.commit(new IdempotentWrite<>(key.get(), clock.instant(), write, form));
      Response response = Response.ok(answer.value());
      return answer.replayed() ? response.with(REPLAYED, "true") : response;
    } catch (Reused e) {
      throw reused(e.first(), form.resource(e.first()));
    }
  }

  /// Does what [#commit] is a part of. When it is refused although the very same request was
  /// answered before, by something that has changed since, that answer is given again.
  public Response orFirst(Request request, Supplier<Response> work) {
    try {
      return work.get();
    } catch (ApiError refusal) {
      return first(request).orElseThrow(() -> refusal);
    }
  }

  private Optional<Response> first(Request request) {
    return Idempotency.keyOf(request)
        .flatMap(
            key ->
                reads
                    .read(r -> IdempotencyKeys.kept(r, key))
                    .map(kept -> Response.ok(new Form(key).read(kept.answer()))))
        .map(response -> response.with(REPLAYED, "true"));
  }

  /// The refusal of a key that was used for another request.
  ///
  /// @param resource the resource name of what the first request made; null when it is not known
  public static ApiError reused(Kept first, @Nullable String resource) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("firstRequestTime", first.time().toString());
    if (resource != null) {
      metadata.put("resource", resource);
    }
    return ApiError.of(
        ErrorReason.IDEMPOTENCY_KEY_REUSED,
        "This Idempotency-Key was used for another request at "
            + first.time()
            + "; send a new key with a new request.",
        metadata);
  }

  /// How an answer is kept: as encrypted JSON that opens under its own key only.
  private final class Form implements IdempotentWrite.AnswerForm<JsonObject> {

    private final String place;

    private Form(IdempotencyKey key) {
      String hash = HexFormat.of().formatHex(key.hash());
      place = key.workspace() + "|idempotency_key|answer|" + hash;
    }

    @Override
    public byte[] write(JsonObject answer) {
      return cipher.encrypt(Json.write(answer), place);
    }

    @Override
    public JsonObject read(byte[] kept) {
      return Json.readObjectLeniently(cipher.decrypt(kept, place));
    }

    @Nullable String resource(Kept first) {
      return first.answer() == null ? null : read(first.answer()).string("name").orElse(null);
    }
  }
}
