"""A person at the console, without a browser: follows the sign-in's redirects and fills Keycloak's own form."""

from __future__ import annotations

import html
import re
import subprocess
from typing import Any
from urllib.parse import urljoin

import requests

from support.platform import PATIENCE_SECONDS, Platform

SIGN_IN_SECONDS = 180


class Session:
    """A signed-in person's cookie jar and the management API behind it."""

    def __init__(self, base_url: str, http: requests.Session) -> None:
        self.base_url = base_url
        self.http = http

    def request(self, method: str, path: str, **options: Any) -> requests.Response:
        options.setdefault("timeout", PATIENCE_SECONDS)
        headers = {"Origin": self.base_url, **options.pop("headers", {})}
        return self.http.request(method, f"{self.base_url}/api/v1{path}", headers=headers, **options)

    def get(self, path: str, **query: Any) -> Any:
        return answer(self.request("GET", path, params=query))

    def post(self, path: str, body: Any = None, **query: Any) -> Any:
        return answer(self.request("POST", path, json=body if body is not None else {}, params=query))

    def put(self, path: str, body: Any) -> Any:
        return answer(self.request("PUT", path, json=body))

    def patch(self, path: str, body: Any) -> Any:
        return answer(self.request("PATCH", path, json=body))

    def delete(self, path: str) -> Any:
        return answer(self.request("DELETE", path))


def answer(response: requests.Response) -> Any:
    """The answer of a call that should succeed; fails with the problem otherwise."""
    assert response.ok, f"{response.request.method} {response.url}: {response.status_code} {response.text}"
    return response.json()


def sign_in(base_url: str, username: str, password: str, verify: str | bool = True) -> Session:
    """Signs in as the console does: to Keycloak's page, through its forms, back with a session."""
    return through_forms(base_url, username, password, password, verify)


def sign_in_first(base_url: str, username: str, temporary: str, password: str) -> Session:
    """A new person's first sign-in: Keycloak asks for a password of the person's own, and perhaps for a name."""
    return through_forms(base_url, username, temporary, password)


def through_forms(base_url: str, username: str, current: str, new: str, verify: str | bool = True) -> Session:
    """Fills whatever Keycloak asks next, until it leads back to the console: who, the password, a new one, a name."""
    http = cookie_keeper()
    http.verify = verify
    if verify is not True:
        # Else a bundle that the environment names goes before the one that is named here.
        http.trust_env = False
    page = http.get(f"{base_url}/signin", params={"return_to": "/console/"}, timeout=SIGN_IN_SECONDS)
    for _ in range(5):
        if "exaone_session" in http.cookies:
            return Session(base_url, http)
        page = http.post(form_action(page), data=filled(page.text, username, current, new), timeout=SIGN_IN_SECONDS)
    if "exaone_session" in http.cookies:
        return Session(base_url, http)
    raise AssertionError(f"no session after signing in: {page.status_code} {page.url}\n{page.text[:3000]}")


def filled(page: str, username: str, current: str, new: str) -> dict[str, str]:
    if 'name="password-new"' in page:
        return {"password-new": new, "password-confirm": new}
    if 'name="firstName"' in page:
        return {"username": username, "email": username, "firstName": "Hana", "lastName": "Kim"}
    return {"username": username, "password": current}


def confirm_device(platform: Platform, command: subprocess.Popen[str]) -> str:
    """Opens the page that `exaone login` names, signs in as the admin and agrees; returns what the command said then."""
    assert command.stdout is not None
    link = next((line.strip() for line in command.stdout if line.strip().startswith("http")), None)
    assert link, "no page was named"
    credentials = platform.credentials
    http = cookie_keeper()
    page = http.get(link, timeout=SIGN_IN_SECONDS)
    for _ in range(5):
        if "<form" not in page.text:
            break
        agreed = re.search(r'name="code" value="([^"]+)"', page.text)
        fields = filled(page.text, credentials["EXAONE_ADMIN_USER"], credentials["EXAONE_ADMIN_PASSWORD"], "")
        answered = {"code": agreed.group(1), "accept": "Yes"} if agreed else fields
        page = http.post(form_action(page), data=answered, timeout=SIGN_IN_SECONDS)
    printed, _ = command.communicate(timeout=SIGN_IN_SECONDS)
    assert command.returncode == 0, printed
    return printed


class LoopbackCookies(requests.cookies.RequestsCookieJar):
    """Sends secure cookies to this machine over plain HTTP, as browsers do: the loopback address is trustworthy to them."""

    def set_cookie(self, cookie: Any, *arguments: Any, **options: Any) -> None:
        cookie.secure = False
        super().set_cookie(cookie, *arguments, **options)


def cookie_keeper() -> requests.Session:
    session = requests.Session()
    session.cookies = LoopbackCookies()
    return session


def form_action(page: requests.Response) -> str:
    found = re.search(r'<form[^>]*id="kc-form-login"[^>]*action="([^"]+)"', page.text) or re.search(
        r'<form[^>]*action="([^"]+)"', page.text
    )
    assert found, f"no sign-in form at {page.url}: {page.status_code}\n{page.text[:2000]}"
    return urljoin(page.url, html.unescape(found.group(1)))
