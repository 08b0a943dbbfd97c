package io.recado.emulator.control;

import io.recado.emulator.graph.Json;
import io.recado.emulator.message.Ledger;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/// Writes the ledger, its payloads byte for byte as they came.
final class LedgerJson {
  private static final byte[] PAYLOAD = ",\"payload\":".getBytes(StandardCharsets.US_ASCII);

  private LedgerJson() {}

  /// @param key name of the array
  /// @param decisions whether to write what was decided and what will be reported
  static byte[] write(Ledger.Page page, String key, boolean decisions) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(("{\"" + key + "\":[").getBytes(StandardCharsets.US_ASCII));
    String separator = "";
    for (Ledger.Entry entry : page.entries()) {
      out.writeBytes(separator.getBytes(StandardCharsets.US_ASCII));
      byte[] fields = Json.bytes(decisions ? describeDecision(entry) : describe(entry));
      out.write(fields, 0, fields.length - 1);
      out.writeBytes(PAYLOAD);
      out.writeBytes(entry.payload());
      out.write('}');
      separator = ",";
    }
    out.writeBytes(
        ("],\"forgotten\":" + page.forgotten() + "}").getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static ObjectNode describe(Ledger.Entry entry) {
    ObjectNode json = Json.object();
    json.put("wamid", entry.decision().wamid());
    json.put("phoneNumberId", entry.numberId());
    json.put("to", entry.to());
    json.put("type", entry.type());
    json.put("callbackData", entry.decision().callbackData());
    json.put("time", Instant.ofEpochMilli(entry.millis()).toString());
    json.put("arrival", entry.arrival());
    return json;
  }

  private static ObjectNode describeDecision(Ledger.Entry entry) {
    ObjectNode json = describe(entry);
    json.put("refusedWith", entry.decision().code());
    entry.decision().receipts().forEach(json.putArray("receipts")::add);
    return json;
  }
}
