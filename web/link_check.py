"""Asks whether links and mail domains are still there: politely, and never inside the council's network.

One request at a time to a host, with a pause after each; first HEAD, and GET where that is refused; nothing
of a page is read. An address is looked up once, and the connection made to just that address, so that a name
cannot lead to another place between the look and the request.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import dns.exception
import dns.resolver

from store.reached import Found, Verdict

TIMEOUT_SECONDS = 10
#: Between two requests to one host.
PAUSE_SECONDS = 1.0
_MOST_REDIRECTS = 5
#: Hosts that are asked at once.
_HOSTS = 8
#: No such page, and none any more. Source: RFC 9110, 15.5.5 and 15.5.11.
_GONE = (404, 410)
_REDIRECTS = (301, 302, 303, 307, 308)
_IN_A_PATH = "/%:@!$&'()*+,;=~-._?"


class Unreachable(Exception):
    """A link could not be asked; the message says why, for staff.

    `verdict`: what that means for the link. `heard`: whether anything outside this machine has answered.
    """

    def __init__(self, message: str, verdict: Verdict, heard: bool = False) -> None:
        super().__init__(message)
        self.verdict = verdict
        self.heard = heard


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, and whether anything outside this machine has answered."""

    found: Found
    heard: bool


def is_public(address: str) -> bool:
    """Whether an IP address is one of the public internet: no private, local or reserved one."""
    found = ipaddress.ip_address(address.partition("%")[0])
    mapped = getattr(found, "ipv4_mapped", None) or getattr(found, "sixtofour", None)
    return (mapped or found).is_global and not found.is_multicast


def addresses(host: str) -> Sequence[str]:
    """The IP addresses of `host`. Raises OSError where it has none."""
    return [str(each[4][0]) for each in socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)]


def mail_servers(domain: str) -> Sequence[str]:
    """The mail servers of `domain`, from its MX records. Raises dns.exception.DNSException."""
    found = dns.resolver.resolve(domain, "MX", lifetime=TIMEOUT_SECONDS)
    return [str(each.exchange).rstrip(".") for each in found]


@dataclass
class Checker:
    """Looks at links. `agent` says who asks; the other parts are the network, to be replaced in tests."""

    agent: str
    resolve: Callable[[str], Sequence[str]] = addresses
    mail: Callable[[str], Sequence[str]] = mail_servers
    allowed: Callable[[str], bool] = is_public
    pause_seconds: float = PAUSE_SECONDS
    timeout_seconds: float = TIMEOUT_SECONDS
    _locks: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))

    def check(self, targets: Iterable[str], told: Callable[[Found], None] = lambda _: None) -> list[Found]:
        """What is found of each target, or nothing at all where nobody has answered: a closed network.

        A target is a link, or a mail domain after an @. `told` hears of each as it is found.
        """
        by_host: dict[str, list[str]] = {}
        for target in targets:
            by_host.setdefault(_host(target), []).append(target)

        def one_host(own: list[str]) -> list[Answer]:
            answers = []
            for target in own:
                answers.append(self.look(target))
                told(answers[-1].found)
            return answers

        with ThreadPoolExecutor(_HOSTS) as pool:
            answers = [answer for of_one in pool.map(one_host, by_host.values()) for answer in of_one]
        return [answer.found for answer in answers] if any(answer.heard for answer in answers) else []

    def look(self, target: str) -> Answer:
        """What is found of one target. Never raises."""
        if target.startswith("@"):
            return self._mail(target)
        try:
            status = self._follow(target)
        except Unreachable as error:
            return Answer(Found(target, error.verdict, str(error)), error.heard)
        if status < 400:
            return Answer(Found(target, "ok"), True)
        if status in _GONE:
            return Answer(Found(target, "gone", f"There is no such page ({status})."), True)
        return Answer(Found(target, "unsure", f"It refuses to answer a program ({status}): open it."), True)

    def _follow(self, link: str) -> int:
        """The status of the page that `link` leads to in the end. Raises Unreachable."""
        for _ in range(_MOST_REDIRECTS + 1):
            status, location = self._ask(link, "HEAD")
            if status >= 400:
                status, location = self._ask(link, "GET")
            if status not in _REDIRECTS or not location:
                return status
            link = urljoin(link, location)
        raise Unreachable("It leads from one address to the next without end.", "gone", heard=True)

    def _ask(self, link: str, method: str) -> tuple[int, str | None]:
        """The status of one request, and where it leads on. Raises Unreachable."""
        host = _host(link)
        if not host:
            raise Unreachable("It is no web address.", "gone")
        parts = urlsplit(link)
        with self._locks[host]:
            try:
                return self._request(parts, host, self._address(host), method)
            finally:
                time.sleep(self.pause_seconds)

    def _address(self, host: str) -> str:
        """A public address of `host`. Raises Unreachable, also where it has any that is not."""
        try:
            found = self.resolve(host)
        except OSError as error:
            if getattr(error, "errno", None) == socket.EAI_AGAIN:
                raise Unreachable(f"{host} could not be looked up.", "unsure") from error
            raise Unreachable(f"There is no {host} any more.", "gone") from error
        if not found or not all(self.allowed(each) for each in found):
            raise Unreachable("It leads into a closed network, and is not asked.", "unsure")
        return found[0]

    def _request(self, parts: SplitResult, host: str, address: str, method: str) -> tuple[int, str | None]:
        """The answer of one address. Raises Unreachable."""
        path = quote(parts._replace(scheme="", netloc="", fragment="").geturl() or "/", safe=_IN_A_PATH)
        connection = _Pinned(parts, host, address, self.timeout_seconds)
        try:
            connection.request(method, path, headers={"User-Agent": self.agent, "Accept": "*/*"})
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location")
        except ssl.SSLCertVerificationError as error:
            told = f"Its certificate is not valid: {error.verify_message}."
            raise Unreachable(told, "gone", heard=True) from error
        except TimeoutError as error:
            told = f"It does not answer within {self.timeout_seconds:g} seconds."
            raise Unreachable(told, "unsure") from error
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise Unreachable(f"It does not answer ({type(error).__name__}).", "unsure") from error
        finally:
            connection.close()

    def _mail(self, target: str) -> Answer:
        """Whether a mail domain takes mail: it has a mail server, or at least an address (RFC 5321, 5.1)."""
        domain = target[1:]
        try:
            servers = self.mail(domain)
        except dns.resolver.NXDOMAIN:
            return Answer(Found(target, "gone", "There is no such mail domain."), False)
        except dns.resolver.NoAnswer:
            return self._mail_by_address(target)
        except (dns.exception.DNSException, OSError, UnicodeError):
            return Answer(Found(target, "unsure", "Its mail servers could not be looked up."), False)
        if servers and any(servers):
            return Answer(Found(target, "ok"), True)
        return Answer(Found(target, "gone", "This domain takes no mail."), True)  # RFC 7505

    def _mail_by_address(self, target: str) -> Answer:
        try:
            self.resolve(target[1:])
        except OSError:
            return Answer(Found(target, "gone", "This domain has no mail server."), False)
        return Answer(Found(target, "ok"), True)


class _Pinned(http.client.HTTPConnection):
    """A connection to one address of a host, whatever the host's name may lead to by now."""

    def __init__(self, parts: SplitResult, host: str, address: str, timeout: float) -> None:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        super().__init__(host, port, timeout=timeout)
        self._address = address
        self._secure = parts.scheme == "https"

    def connect(self) -> None:
        """Open the connection, with the certificate checked against the host's name."""
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _host(target: str) -> str:
    """The host of a link, as it is looked up, or a mail domain after its @; "" where there is none."""
    if target.startswith("@"):
        return target
    try:
        parts = urlsplit(target)
        if parts.scheme not in ("http", "https") or parts.port == 0:
            return ""
        return (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return ""
