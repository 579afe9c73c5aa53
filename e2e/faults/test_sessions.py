"""A killed database ends nobody's session: the sign-in server does not take people for unknown on connections that broke."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from support.browserless import Session, cookie_keeper, filled, form_action
from support.platform import PATIENCE_SECONDS, Platform, read_values, wait_until

ROUNDS = 2


class SignInServer:
    """Keycloak as identity speaks to it."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        self.secrets = platform.home / "secrets"
        port = read_values(platform.home / "run/ports.properties")["keycloak"]
        self.address = f"http://127.0.0.1:{port}/auth"

    def grant(self, client: str, **fields: str) -> requests.Response:
        secret = (self.secrets / f"keycloak-{client}.secret").read_text().strip()
        form = {"client_id": f"exaone-{client}", "client_secret": secret, **fields}
        return requests.post(f"{self.address}/realms/exaone/protocol/openid-connect/token", data=form, timeout=PATIENCE_SECONDS)

    def session(self) -> str:
        """Signs the admin in; returns the session's refresh token."""
        verifier = secrets.token_urlsafe(48)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
        http, redirect_uri = cookie_keeper(), f"{self.platform.base_url}/signin/callback"
        fields = {"response_type": "code", "client_id": "exaone-console", "scope": "openid", "redirect_uri": redirect_uri}
        fields |= {"code_challenge": challenge, "code_challenge_method": "S256"}
        page = http.get(f"{self.platform.base_url}/auth/realms/exaone/protocol/openid-connect/auth", params=fields, timeout=PATIENCE_SECONDS)
        credentials = self.platform.credentials
        for _ in range(3):
            form = filled(page.text, credentials["EXAONE_ADMIN_USER"], credentials["EXAONE_ADMIN_PASSWORD"], "")
            page = http.post(form_action(page), data=form, allow_redirects=False, timeout=PATIENCE_SECONDS)
            if page.is_redirect:
                break
        code = parse_qs(urlsplit(page.headers["Location"]).query)["code"][0]
        redeemed = {"code": code, "code_verifier": verifier, "redirect_uri": redirect_uri}
        granted = self.grant("console", grant_type="authorization_code", **redeemed)
        assert granted.status_code == 200, granted.text
        return granted.json()["refresh_token"]

    def change_everybody(self, name: str) -> None:
        """So that Keycloak has to read them from the database again."""
        token = settled(lambda: self.grant("identity", grant_type="client_credentials")).json()["access_token"]
        users, headers = f"{self.address}/admin/realms/exaone/users", {"Authorization": f"Bearer {token}"}
        for user in requests.get(users, headers=headers, timeout=PATIENCE_SECONDS).json():
            path, body = f"{users}/{user['id']}", {**user, "lastName": name}
            changed = settled(lambda path=path, body=body: requests.put(path, headers=headers, json=body, timeout=PATIENCE_SECONDS))
            assert changed.status_code == 204, changed.text


def settled(ask: Callable[[], requests.Response]) -> requests.Response:
    """The first answer that says something: while its connections break, the sign-in server may say that it cannot tell."""
    answers: list[requests.Response] = []

    def told() -> bool:
        answers.append(ask())
        return answers[-1].status_code < 500

    wait_until(told, PATIENCE_SECONDS, "the sign-in server says something")
    return answers[-1]


@pytest.fixture
def server(platform: Platform) -> SignInServer:
    platform.await_healthy()
    return SignInServer(platform)


def test_a_killed_database_ends_nobodys_session(platform: Platform, server: SignInServer, admin: Session) -> None:
    session = server.session()
    for number in range(ROUNDS):
        server.change_everybody(f"Kim {number}")
        old = platform.kill("database")
        wait_until(lambda old=old: platform.restarted("database", old), PATIENCE_SECONDS, "the database is started again")
        wait_until(lambda: admin.request("GET", "/tenants").status_code == 200, PATIENCE_SECONDS, "the database answers")
        vouched = settled(lambda: server.grant("console", grant_type="refresh_token", refresh_token=session))
        assert vouched.status_code == 200, vouched.text
