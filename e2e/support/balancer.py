"""nginx before several gateways, as an operator would set it up: no health checks, calls are never sent twice."""

from __future__ import annotations

import pathlib
import subprocess

from support.platform import PATIENCE_SECONDS, free_port, wait_until
from support.site import accepts

CONFIGURATION = """\
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log info;
events {{ worker_connections 2048; }}
http {{
  access_log {folder}/access.log;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
  upstream gateways {{
    {servers}
    keepalive 32;
  }}
  server {{
    listen 127.0.0.1:{port};
    client_max_body_size 32m;
    location / {{
      proxy_pass https://gateways;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Host $host;
      proxy_ssl_verify off;
      proxy_buffering off;
      proxy_read_timeout 10m;
      # Only where a gateway cannot be reached: what was sent once is not sent again.
      proxy_next_upstream error timeout;
    }}
  }}
}}
"""


class Balancer:
    """One nginx."""

    def __init__(self, folder: pathlib.Path, ports: list[int]) -> None:
        self.folder, self.port = folder, free_port()
        self.base_url = f"http://127.0.0.1:{self.port}"
        # A gateway that refuses connections is asked again a second later.
        servers = "\n    ".join(f"server 127.0.0.1:{port} max_fails=1 fail_timeout=1s;" for port in ports)
        text = CONFIGURATION.format(folder=folder, port=self.port, servers=servers)
        (folder / "nginx.conf").write_text(text)
        self._process = subprocess.Popen(
            ["nginx", "-p", str(folder), "-c", str(folder / "nginx.conf"), "-e", str(folder / "error.log")],
            stdin=subprocess.DEVNULL,
        )
        wait_until(lambda: accepts(self.port), PATIENCE_SECONDS, "nginx listens")

    def close(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=20)
