package io.recado.http.request;

import io.recado.journal.Id;
import io.recado.json.Json;
import io.recado.json.JsonObject;
import io.recado.json.MalformedJson;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A request that has found its route.
///
/// @param route the route's template, such as `/v1/channels/{channelId}`
/// @param variables the path's variables by name, decoded
/// @param query the query parameters by name, the first of each
/// @param header finds the headers of a name, in any case
/// @param body the raw bytes, within the route's limit
/// @param caller null on routes that need no key
public record Request(
    String method,
    String route,
    Map<String, String> variables,
    Map<String, String> query,
    Headers header,
    byte[] body,
    @Nullable Caller caller) {

  /// The same with a body.
  public Request withBody(byte[] bytes) {
    return new Request(method, route, variables, query, header, bytes, caller);
  }

  /// Who calls.
  public Caller requireCaller() {
    if (caller == null) {
      throw new IllegalStateException("the route " + route + " needs no key");
    }
    return caller;
  }

  /// What it proves its caller by; null when it does not.
  public @Nullable String authorization() {
    return header.apply("Authorization");
  }

  /// A path variable as it stands.
  public String variable(String name) {
    return variables.get(name);
  }

  /// A path variable that is an id.
  ///
  /// @throws ApiError when it has another form
  public Id id(String name) {
    String text = variables.get(name);
    if (!Id.isId(text)) {
      throw ApiError.invalid(name, "INVALID_VALUE", "An id has 24 lower-case hex digits.");
    }
    return Id.parse(text);
  }

  /// A query parameter; empty when absent, empty or `null`, which clients of the original API send
  /// for "not given".
  public Optional<String> parameter(String name) {
    String value = query.get(name);
    return value == null || value.isEmpty() || value.equals("null")
        ? Optional.empty()
        : Optional.of(value);
  }

  /// The body as a JSON object to be read field by field.
  ///
  /// @throws ApiError when it is not one
  public Fields fields() {
    return new Fields(json());
  }

  /// The body as a JSON object; an empty body is an empty object.
  ///
  /// @throws ApiError when it is not one
  public JsonObject json() {
    if (body.length == 0) {
      return JsonObject.empty();
    }
    try {
      return Json.readObject(body);
    } catch (MalformedJson e) {
      throw ApiError.of(ErrorReason.INVALID_JSON, e.getMessage());
    }
  }
}
