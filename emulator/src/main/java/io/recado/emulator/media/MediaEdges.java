package io.recado.emulator.media;

import io.recado.emulator.account.Account;
import io.recado.emulator.graph.Call;
import io.recado.emulator.graph.GraphError;
import io.recado.emulator.graph.GraphRoutes;
import io.recado.emulator.graph.Json;
import io.recado.emulator.graph.Node;
import io.recado.emulator.graph.Reply;
import io.recado.emulator.graph.Request;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/// Uploads, describes, hands out and deletes files.
public final class MediaEdges {
  /// The first part of the path at which files are downloaded.
  public static final String DOWNLOADS = "whatsapp_business";

  private static final Duration ADDRESS_VALID = Duration.ofMinutes(5);

  private final MediaStore store;
  private final InstantSource clock;

  public MediaEdges(MediaStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// @param accounts finds an account by its id, as it is now
  public void addTo(GraphRoutes routes, Function<String, Optional<Account>> accounts) {
    routes.put(
        id ->
            store
                .find(id)
                .flatMap(media -> accounts.apply(media.account().id()))
                .map(account -> new Node(Node.Kind.MEDIA, account)));
    routes.put(Node.Kind.NUMBER, "POST", "media", this::upload);
    routes.put(Node.Kind.MEDIA, "GET", "", this::describe);
    routes.put(Node.Kind.MEDIA, "DELETE", "", this::delete);
  }

  private Reply upload(Call call) {
    Upload upload = Upload.read(call.request());
    if (!"whatsapp".equals(upload.texts().get("messaging_product"))) {
      throw GraphError.of(
          100, "The parameter messaging_product is required and must be \"whatsapp\".");
    }
    if (upload.file().length == 0) {
      throw GraphError.of(100, "The parameter file is required and must not be empty.");
    }
    String mimeType = upload.texts().getOrDefault("type", upload.fileType());
    if (!MediaTypes.isKnown(mimeType)) {
      throw GraphError.of(
          100, "Param file must be a file of a supported type, not of type " + mimeType + ".");
    }
    Media media = store.add(call.account(), mimeType, upload.fileName(), upload.file());
    return Reply.ok(Json.object().put("id", media.id()));
  }

  private Reply describe(Call call) {
    Media media = require(call);
    Optional<String> numberId = call.query("phone_number_id");
    if (numberId.isPresent() && call.account().findNumber(numberId.get()).isEmpty()) {
      throw GraphError.unknownObject("GET", call.id());
    }
    long expires = clock.millis() / 1_000 + ADDRESS_VALID.toSeconds();
    String url =
        call.request().baseUrl()
            + "/"
            + DOWNLOADS
            + "/attachments/?mid="
            + media.id()
            + "&ext="
            + expires;
    return Reply.ok(
        Json.object()
            .put("messaging_product", "whatsapp")
            .put("url", url)
            .put("mime_type", media.mimeType())
            .put("sha256", media.sha256())
            .put("file_size", media.bytes().length)
            .put("id", media.id()));
  }

  private Reply delete(Call call) {
    store.remove(require(call).id());
    return Reply.success();
  }

  private Media require(Call call) {
    return store
        .find(call.id())
        .orElseThrow(() -> GraphError.unknownObject(call.method(), call.id()));
  }

  /// Answers a download; its address ends after 5 minutes, and it needs the token as everything
  /// does.
  public Reply download(Request request, GraphRoutes routes) {
    String token = routes.requireToken(request);
    String expires = request.query("ext").orElse("");
    boolean valid =
        expires.matches("[0-9]{1,12}") && Long.parseLong(expires) > clock.millis() / 1_000;
    return request
        .query("mid")
        .filter(_ -> valid)
        .flatMap(store::find)
        .filter(media -> media.account().accessToken().equals(token))
        .map(media -> new Reply(200, media.mimeType(), media.bytes()))
        .orElseGet(
            () ->
                Reply.json(
                    404, Json.object().put("error", "This address has ended; ask for a new one.")));
  }
}
