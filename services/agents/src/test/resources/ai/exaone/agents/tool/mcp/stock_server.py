"""A server of the official Python SDK over streamable HTTP. Prints its port, then serves until it is ended."""

import socket
import sys

import uvicorn
from mcp.server import MCPServer

server = MCPServer("stock")


@server.tool()
def count(item: str) -> str:
    """Counts an item in stock."""
    return f"{item}: 7"


@server.tool()
def broken() -> str:
    """Always fails."""
    raise ValueError("out of order")


listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
print(listener.getsockname()[1], flush=True)
app = server.streamable_http_app(json_response=sys.argv[1] == "json")
uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
