// Sends a text, says what is wrong when it is refused, and waits until it was read: RECADO_KEY=… node send.ts [TEXT]
// All types are inferred, so that it is JavaScript too: before Node 22.18, node --input-type=module - [TEXT] < send.ts
const url = (process.env.RECADO_URL ?? "http://127.0.0.1:8080") + "/v1/";
const usual = "channels/6633a1b2c4d5e6f7a8b9c0d1/conversations/664fa2b3c4d5e6f7a8b9c0d2";
const conversation = process.env.CONVERSATION ?? usual;
const text = process.argv[2] ?? "Your order has been confirmed.";
const pause = (millis = 500) => new Promise((done) => setTimeout(done, millis));

async function call(path = "", request = {}) {
  const headers = { Authorization: `Bearer ${process.env.RECADO_KEY}`, "Idempotency-Key": crypto.randomUUID(), "Content-Type": "application/json" };
  for (let tries = 1; ; tries++) {
    // Lost, or busy: once more with the same key, so that nothing is sent twice.
    const response = await fetch(url + path, { headers, ...request }).catch(() => null);
    if (response && response.status !== 503) {
      const answer = JSON.parse(await response.text());
      if (!response.ok) throw answer.error;
      return answer;
    }
    if (tries === 4) throw { message: `${url} does not answer` };
    await pause(1000 * tries);
  }
}

try {
  const body = JSON.stringify({ text });
  let message = await call(`${conversation}/messages`, { method: "POST", body });
  for (let i = 0; i < 20 && !["READ", "FAILED"].includes(message.status); i++) {
    await pause();
    message = await call(message.name);
  }
  console.log(message.name, message.status, message.error?.message ?? "");
  process.exitCode = message.status === "READ" ? 0 : 1;
} catch (error) {
  const { message, details = [] } = Object(error);
  console.error(message);
  for (const detail of details) for (const v of detail.fieldViolations ?? []) console.error(`  ${v.field}: ${v.description}`);
  process.exitCode = 1;
}
