package io.recado.prove.world;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Calls the server back as the provider does, signed, with what the emulator would not send.
public final class Callback {

  private final World world;

  public Callback(World world) {
    this.world = world;
  }

  /// Reports that a message was delivered.
  ///
  /// @param wamid whatever id the message is to have
  /// @return whether the server answered 200
  public boolean receipt(Line line, String wamid) {
    String body =
        """
        {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages",
          "value": {"messaging_product": "whatsapp", "metadata": {"display_phone_number": "15550001111",
          "phone_number_id": "%s"}, "statuses": [{"id": "wamid.%s", "status": "delivered",
          "timestamp": "1795000000", "recipient_id": "%s"}]}}]}]}\
        """
            .formatted(line.numberId(), wamid, line.phone());
    String channel = line.channel().substring(line.channel().lastIndexOf('/') + 1);
    try {
      return world
              .api()
              .call(
                  "POST",
                  "/providers/whatsapp/" + channel,
                  body,
                  "X-Hub-Signature-256",
                  "sha256=" + sign(body))
              .status()
          == 200;
    } catch (IOException _) {
      return false;
    }
  }

  private String sign(String body) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      byte[] secret = world.canary().appSecret().getBytes(StandardCharsets.UTF_8);
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      return HexFormat.of().formatHex(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }
}
