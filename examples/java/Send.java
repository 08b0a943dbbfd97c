import module java.base;
import module java.net.http;

/// Sends a text, says why if it is refused, waits until it was read: RECADO_KEY=… java Send.java
void main(String[] args) throws Exception {
  var text = args.length > 0 ? args[0] : "Your order has been confirmed.";
  var usual = "channels/6633a1b2c4d5e6f7a8b9c0d1/conversations/664fa2b3c4d5e6f7a8b9c0d2";
  var path = System.getenv().getOrDefault("CONVERSATION", usual) + "/messages";
  var message = call(path, "{\"text\": \"" + text.replaceAll("[\"\\\\]", "\\\\$0") + "\"}");
  for (int i = 0; i < 20 && !find("status", message).matches("READ|FAILED"); i++) {
    Thread.sleep(500);
    message = call(find("name", message), "");
  }
  IO.println(find("name", message) + " " + find("status", message) + " " + find("remedy", message));
  System.exit(find("status", message).equals("READ") ? 0 : 1);
}

String call(String path, String body) throws Exception {
  var url = System.getenv().getOrDefault("RECADO_URL", "http://127.0.0.1:8080") + "/v1/";
  var request = HttpRequest.newBuilder(URI.create(url + path));
  request.header("Authorization", "Bearer " + System.getenv("RECADO_KEY"));
  if (!body.isEmpty()) {
    request.header("Content-Type", "application/json");
    // To repeat a lost call, take the same key again: then nothing is sent twice.
    request.header("Idempotency-Key", UUID.randomUUID().toString());
    request.POST(HttpRequest.BodyPublishers.ofString(body));
  }
  var handler = HttpResponse.BodyHandlers.ofString();
  var answer = HttpClient.newHttpClient().send(request.build(), handler);
  if (answer.statusCode() == 200) return answer.body();
  var where = answer.body().replaceAll(".*\"fieldViolations\":(.*?]).*|.*", "$1");
  throw new Exception(answer.statusCode() + " " + find("message", answer.body()) + " " + where);
}

String find(String field, String json) { // Your JSON library does this better.
  var found = Pattern.compile("\"" + field + "\":\"((?:[^\"\\\\]|\\\\.)*)\"").matcher(json);
  return found.find() ? found.group(1) : "";
}
