"""Links and mail domains are asked politely, one at a time, and nothing inside a network is ever asked."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import dns.resolver
import pytest

from store.reached import Found
from web.link_check import Checker, is_public


@dataclass
class Site:
    """A small web server; what it answers is by path: a status, or where to go."""

    port: int
    answers: dict[str, int | str] = field(default_factory=dict)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def link(self, path: str, host: str = "site.example") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"


@pytest.fixture
def web() -> Iterator[Site]:
    """The server, on this machine alone."""
    site: Site

    class Handler(BaseHTTPRequestHandler):
        def answer(self) -> None:
            site.at_once += 1
            site.most_at_once = max(site.most_at_once, site.at_once)
            site.asked.append((self.command, self.path, self.headers["User-Agent"]))
            said = site.answers.get(f"{self.command} {self.path}", site.answers.get(self.path, 200))
            self.send_response(302 if isinstance(said, str) else said)
            if isinstance(said, str):
                self.send_header("Location", said)
            self.send_header("Content-Length", "0")
            site.at_once -= 1  # before the answer goes out: whoever has it may ask again at once
            self.end_headers()

        do_HEAD = do_GET = answer

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site = Site(server.server_port)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


def nowhere(host: str) -> list[str]:
    """A name that leads nowhere."""
    raise socket.gaierror(socket.EAI_NONAME, host)


def checker(**parts: object) -> Checker:
    """A checker for which this machine is the internet."""
    network = {"resolve": lambda _: ["127.0.0.1"], "allowed": lambda _: True, "pause_seconds": 0.0, **parts}
    return Checker("Signpost test", **network)  # type: ignore[arg-type]


def test_a_page_that_is_there_is_asked_once_and_not_read(web: Site) -> None:
    """By HEAD, and by somebody who says who asks."""
    assert checker().check([web.link("/help?a=b c")]) == [Found(web.link("/help?a=b c"), "ok")]
    assert web.asked == [("HEAD", "/help?a=b%20c", "Signpost test")]


@pytest.mark.parametrize(
    ("answers", "verdict", "said"),
    [
        ({"/x": 404}, "gone", "404"),
        ({"/x": 410}, "gone", "410"),
        ({"HEAD /x": 405, "GET /x": 200}, "ok", ""),
        ({"/x": 403}, "unsure", "403"),
        ({"/x": 503}, "unsure", "503"),
        ({"/x": "/y"}, "ok", ""),
        ({"/x": "/y", "/y": 404}, "gone", "404"),
        ({"/x": "/x"}, "gone", "without end"),
        ({"/x": "ftp://site.example/"}, "gone", "no web address"),
    ],
)
def test_what_an_answer_means(web: Site, answers: dict[str, int | str], verdict: str, said: str) -> None:
    """Programs that are refused are told apart from pages that are gone."""
    web.answers = answers
    [found] = checker().check([web.link("/x"), web.link("/other")])[:1]
    assert (found.verdict, said in found.said) == (verdict, True)


def test_a_host_is_asked_one_question_at_a_time(web: Site) -> None:
    """Also where one of its links leads to it from another host."""
    web.answers = {"/from": web.link("/to")}
    checker().check([web.link(f"/{each}") for each in range(8)] + [web.link("/from", "other.example")])
    assert web.most_at_once == 1
    assert len(web.asked) == 10


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("8.8.8.8", True), ("2a00:1450:4009::1", True), ("127.0.0.1", False), ("10.1.2.3", False),
        ("192.168.0.1", False), ("169.254.169.254", False), ("100.64.0.1", False), ("0.0.0.0", False),
        ("::1", False), ("fe80::1%eth0", False), ("fd00::1", False), ("::ffff:10.0.0.1", False),
        ("2002:0a00:0001::", False), ("224.0.0.1", False),
    ],
)  # fmt: skip
def test_only_the_public_internet_is_asked(address: str, public: bool) -> None:
    assert is_public(address) == public


def test_an_address_inside_a_network_is_never_asked(web: Site) -> None:
    """Written as a number or found by a name, at first or where a page leads; nor if one of several is."""
    inside = Checker("Signpost test", pause_seconds=0)
    answer = inside.look(f"http://127.0.0.1:{web.port}/")
    assert (answer.found.verdict, answer.heard) == ("unsure", False)
    both = checker(resolve=lambda _: ["8.8.8.8", "10.0.0.1"], allowed=is_public)
    assert "closed network" in both.look("https://site.example/").found.said
    web.answers = {"/x": "http://inside.example/secret"}
    led = checker(resolve=lambda host: ["10.0.0.1" if "inside" in host else "127.0.0.1"],
                  allowed=lambda address: address == "127.0.0.1")  # fmt: skip
    assert "closed network" in led.look(web.link("/x")).found.said
    assert [path for _, path, _ in web.asked] == ["/x"]


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(web: Site) -> None:
    """A name that changes its mind between the look and the request leads nowhere else: it is asked once."""
    names: list[str] = []

    def resolve(host: str) -> list[str]:
        names.append(host)
        return ["127.0.0.1"] if len(names) == 1 else ["127.0.0.2"]

    assert checker(resolve=resolve).look(web.link("/")).found.verdict == "ok"
    assert names == ["site.example"]


def test_a_closed_network_is_told_from_dead_links(web: Site) -> None:
    """Where nobody answers at all nothing is found; where somebody does, the dead one is dead."""

    def half(host: str) -> list[str]:
        return ["127.0.0.1"] if host == "site.example" else nowhere(host)

    closed = checker(resolve=nowhere, mail=lambda domain: (_ for _ in ()).throw(dns.resolver.NXDOMAIN()))
    assert closed.check(["https://a.example/", "https://b.example/", "@c.example"]) == []
    found = checker(resolve=half).check([web.link("/"), "https://b.example/"])
    assert [(each.verdict, each.said) for each in found] == [
        ("ok", ""), ("gone", "There is no b.example any more."),
    ]  # fmt: skip


def raising(error: Exception) -> Callable[[str], list[str]]:
    """A look-up that fails."""

    def look(_: str) -> list[str]:
        raise error

    return look


@pytest.mark.parametrize(
    ("mail", "verdict"),
    [
        (lambda _: ["mx.example"], "ok"),
        (lambda _: [""], "gone"),
        (raising(dns.resolver.NXDOMAIN()), "gone"),
        (raising(dns.resolver.NoAnswer()), "ok"),
        (raising(dns.resolver.LifetimeTimeout(timeout=1, errors=[])), "unsure"),
    ],
)
def test_mail_domains_are_looked_up(mail: Callable[[str], list[str]], verdict: str) -> None:
    """No letter is sent; a domain without a mail server takes mail at its address."""
    assert checker(mail=mail).look("@council.example").found.verdict == verdict


@pytest.mark.parametrize(
    "link", ["http://", "https://[", "https://a:99999/", "javascript:alert(1)", "file:///etc/passwd", "x"]
)
def test_what_is_no_link_is_said_to_be_none(link: str) -> None:
    """And is not asked."""
    assert checker(resolve=nowhere).look(link).found.said == "It is no web address."


def test_silence_is_not_taken_for_the_end() -> None:
    """A server that is slow today may be there tomorrow."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        found = checker(timeout_seconds=0.05).look(f"http://site.example:{silent.getsockname()[1]}/").found
    assert (found.verdict, "does not answer within" in found.said) == ("unsure", True)
