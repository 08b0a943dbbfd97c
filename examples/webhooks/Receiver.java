import com.sun.net.httpserver.*;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Takes webhooks of Recado and verifies them: WEBHOOK_SECRET=whsec_… java Receiver.java
void main() throws Exception {
  int port = Integer.parseInt(System.getenv().getOrDefault("PORT", "3000"));
  var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
  server.createContext("/", this::receive);
  server.start();
  IO.println("listening on http://127.0.0.1:" + port);
}

void receive(HttpExchange exchange) throws IOException {
  var headers = exchange.getRequestHeaders();
  byte[] body = exchange.getRequestBody().readAllBytes(); // the bytes as they came, not parsed and printed again
  boolean isGenuine = verify(System.getenv("WEBHOOK_SECRET"), headers, body);
  if (isGenuine) IO.println(headers.getFirst("webhook-id") + " " + new String(body));
  exchange.sendResponseHeaders(isGenuine ? 204 : 401, -1);
  exchange.close();
}

// docs: begin
static final int TOLERANCE = Integer.parseInt(System.getenv().getOrDefault("TOLERANCE", "300")); // seconds

static boolean verify(String secret, Headers headers, byte[] body) {
  try {
    String id = headers.getFirst("webhook-id"), timestamp = headers.getFirst("webhook-timestamp");
    if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > TOLERANCE) return false;
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replaceFirst("^whsec_", "")), "HmacSHA256"));
    mac.update((id + "." + timestamp + ".").getBytes());
    byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes();
    boolean matches = false; // while a secret is rotated there are several signatures
    for (String signature : headers.getFirst("webhook-signature").split(" "))
      matches |= MessageDigest.isEqual(expected, signature.getBytes());
    return matches;
  } catch (Exception e) {
    return false; // a header is missing or has another form
  }
}
// docs: end
