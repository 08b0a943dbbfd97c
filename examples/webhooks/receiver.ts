// Takes webhooks of Recado and verifies them: WEBHOOK_SECRET=whsec_… node receiver.ts
// All types are inferred, so that it is JavaScript too: before Node 22.18, node --input-type=module - < receiver.ts
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";

// docs: begin
const tolerance = Number(process.env.TOLERANCE ?? 300); // seconds

function verify(secret = "", headers = {}, body = Buffer.alloc(0)) {
  const { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": signatures } = Object(headers);
  if (!id || !signatures || !(Math.abs(Date.now() / 1000 - Number(timestamp)) <= tolerance)) return false;
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const hmac = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body);
  const expected = Buffer.from("v1," + hmac.digest("base64"));
  return String(signatures).split(" ") // while a secret is rotated there are several
    .map((signature) => Buffer.from(signature))
    .some((given) => given.length === expected.length && timingSafeEqual(given, expected));
}
// docs: end

const port = Number(process.env.PORT ?? 3000);
const secret = process.env.WEBHOOK_SECRET ?? "";
createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks); // the bytes as they came, not parsed and printed again
  const isGenuine = verify(secret, request.headers, body);
  if (isGenuine) console.log(request.headers["webhook-id"], body.toString());
  response.writeHead(isGenuine ? 204 : 401).end();
}).listen(port, "127.0.0.1", () => console.log(`listening on http://127.0.0.1:${port}`));
