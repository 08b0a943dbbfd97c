"""Sends a text, says what is wrong when it is refused, and waits until it was read: RECADO_KEY=… python3 send.py [TEXT]"""
import json, os, sys, time, urllib.error, urllib.request, uuid

URL = os.environ.get("RECADO_URL", "http://127.0.0.1:8080") + "/v1/"
CONVERSATION = os.environ.get(
    "CONVERSATION", "channels/6633a1b2c4d5e6f7a8b9c0d1/conversations/664fa2b3c4d5e6f7a8b9c0d2")


def call(path, body=None, key=""):
    headers = {"Authorization": "Bearer " + os.environ["RECADO_KEY"]}
    if body is not None:
        headers |= {"Content-Type": "application/json", "Idempotency-Key": key}
    data = None if body is None else json.dumps(body).encode()
    for pause in (1, 2, 4, None):
        try:
            return json.load(urllib.request.urlopen(urllib.request.Request(URL + path, data, headers), timeout=30))
        except OSError as error:  # Lost, or busy: once more with the same key, so that nothing is sent twice.
            if pause is None or getattr(error, "code", 503) != 503:
                raise
            time.sleep(pause)


try:
    text = sys.argv[1] if len(sys.argv) > 1 else "Your order has been confirmed."
    message = call(CONVERSATION + "/messages", {"text": text}, str(uuid.uuid4()))
    end = time.monotonic() + 10
    while message["status"] not in ("READ", "FAILED") and time.monotonic() < end:
        time.sleep(0.5)
        message = call(message["name"])
    print(message["name"], message["status"], message.get("error", {}).get("message", ""))
    sys.exit(0 if message["status"] == "READ" else 1)
except urllib.error.HTTPError as refusal:
    error = json.load(refusal)["error"]
    violations = [v for detail in error["details"] for v in detail.get("fieldViolations", [])]
    sys.exit("\n".join([error["message"]] + [f"  {v['field']}: {v['description']}" for v in violations]))
