#!/usr/bin/env python3
"""A few orders behind HTTP, for the agent beside this file. Standard library only; keeps everything in memory.

GET  /orders/ID               one order
POST /orders/ID/cancellation  cancels it; a repeated Idempotency-Key gets the first answer and changes nothing
"""

import argparse
import hmac
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ORDERS = {
    "1001": {"id": "1001", "item": "desk lamp", "state": "shipped"},
    "1002": {"id": "1002", "item": "office chair", "state": "packed"},
    "1003": {"id": "1003", "item": "monitor arm", "state": "paid"},
}
ANSWERS = {}
LOCK = threading.Lock()


class Orders(BaseHTTPRequestHandler):
    def do_GET(self):
        order_id = self.path.removeprefix("/orders/")
        if self.allowed():
            self.answer(*find(order_id))

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        order_id = self.path.removeprefix("/orders/").removesuffix("/cancellation")
        if self.allowed():
            self.answer(*cancel(order_id, self.headers.get("Idempotency-Key")))

    def allowed(self):
        expected = f"Bearer {self.server.token}"
        if hmac.compare_digest(self.headers.get("Authorization", ""), expected):
            return True
        self.answer(401, {"error": "The token is wrong."})
        return False

    def answer(self, status, body):
        content = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def find(order_id):
    with LOCK:
        order = ORDERS.get(order_id)
        return (200, dict(order)) if order else (404, {"error": "There is no such order."})


def cancel(order_id, key):
    with LOCK:
        if key in ANSWERS:
            return ANSWERS[key]
        order = ORDERS.get(order_id)
        if order is None:
            answer = (404, {"error": "There is no such order."})
        elif order["state"] == "shipped":
            answer = (409, {"error": "It is shipped already."})
        else:
            order["state"] = "cancelled"
            answer = (200, dict(order))
        if key:
            ANSWERS[key] = answer
        return answer


def main():
    arguments = argparse.ArgumentParser(description="Serves a few orders on loopback.")
    arguments.add_argument("--port", type=int, default=8765)
    arguments.add_argument("--token", required=True, help="what callers present as a bearer token")
    options = arguments.parse_args()
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Orders)
    server.token = options.token
    print(f"Orders on http://127.0.0.1:{server.server_port}/orders/1001", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
