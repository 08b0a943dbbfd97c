"""Takes webhooks of Recado and verifies them: WEBHOOK_SECRET=whsec_… python3 receiver.py"""
import base64, hashlib, hmac, os, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# docs: begin
TOLERANCE = int(os.environ.get("TOLERANCE", 300))  # seconds


def verify(secret, headers, body):
    try:
        id, timestamp = headers["webhook-id"], headers["webhook-timestamp"]
        if abs(time.time() - int(timestamp)) > TOLERANCE:
            return False
        key = base64.b64decode(secret.removeprefix("whsec_"))
        digest = hmac.digest(key, f"{id}.{timestamp}.".encode() + body, hashlib.sha256)
        expected = b"v1," + base64.b64encode(digest)
        # While a secret is rotated there are several signatures.
        return any([hmac.compare_digest(expected, s.encode()) for s in headers["webhook-signature"].split(" ")])
    except (TypeError, ValueError, AttributeError):
        return False  # a header is missing or has another form
# docs: end


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        # The bytes as they came, not parsed and printed again.
        body = self.rfile.read(int(self.headers["content-length"]))
        genuine = verify(os.environ["WEBHOOK_SECRET"], self.headers, body)
        if genuine:
            print(self.headers["webhook-id"], body.decode(), flush=True)
        self.send_response(204 if genuine else 401)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 3000))), Receiver)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
