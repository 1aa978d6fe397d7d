"""How the server starts and stops, and whom it answers."""

from __future__ import annotations

import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import COMMAND, ENVIRONMENT, SECONDS, Server, do, serving, workflow

from analyzer.cli import main
from analyzer.serve.guard import allowed_hosts

SECRET = "nobody is to read this"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("serving")
    (folder / "secret.txt").write_text(SECRET, encoding="utf-8")
    (folder / "served").mkdir()
    (folder / "served" / "a.ts").write_text(workflow("A", do("one")) + f"// {SECRET}\n", encoding="utf-8")
    with serving(folder / "served") as running:
        yield running


@pytest.mark.parametrize(
    "path",
    [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/viewer.js/../../secret.txt",
        "/views/../secret.txt",
        "/views/..%2f..%2fsecret.txt",
        "/views/%2e%2e%5csecret.txt",
        "//etc/passwd",
        "/a.ts",
        "/served/a.ts",
        "/accounts/a/workflows/..%2f..%2fa.ts",
        "/client/v4/../../a.ts",
        "/accounts/a/workflows/%00",
    ],
)
def test_no_path_leads_to_a_file(server: Server, path: str) -> None:
    answer = server.get(path)
    assert answer.status in (307, 404)
    assert SECRET.encode() not in answer.body
    assert b"root:" not in answer.body


@pytest.mark.parametrize(
    "path", ["/", "/viewer.js", "/live.css", "/nothing", "/accounts/a/workflows", "/accounts/a/workflows/b"]
)
def test_every_answer_tells_browsers_to_load_nothing_from_elsewhere(server: Server, path: str) -> None:
    headers = server.get(path).headers
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == policy["base-uri"] == policy["frame-ancestors"] == policy["form-action"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert "access-control-allow-origin" not in headers


def test_page_needs_no_more_than_the_policy_allows(server: Server) -> None:
    """Scripts and styles are files, and there is no attribute that would need ``unsafe-inline``."""
    text = server.get("/").body.decode()
    assert '<script src="live.js"' in text
    assert "<style" not in text
    assert " style=" not in text
    assert " onclick=" not in text
    assert text.count("<script") == text.count("<script src=")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "LOCALHOST", "[::1]"])
def test_names_of_this_machine_are_answered(server: Server, host: str) -> None:
    assert server.get("/accounts/a/workflows", Host=f"{host}:{server.port}").status == 200


@pytest.mark.parametrize("host", ["example.com", "localhost.example.com", "127.0.0.1.example.com", "[::2]", "", "10.0.0.1"])
@pytest.mark.parametrize("path", ["/", "/events", "/views/A", "/accounts/a/workflows"])
def test_other_names_are_not(server: Server, host: str, path: str) -> None:
    """A page whose name is made to lead to loopback asks under its own name."""
    assert server.get(path, Host=host).status == 400


def test_host_that_is_asked_for_is_answered_too() -> None:
    assert allowed_hosts("192.0.2.1") == ["127.0.0.1", "192.0.2.1", "[::1]", "localhost"]
    assert set(allowed_hosts("::")) >= {"[::]", "[::1]", socket.gethostname()}


def test_only_loopback_is_listened_on(server: Server) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind(("127.0.0.2", server.port))  # would be in use if the server had taken all addresses


def test_head_of_the_stream_ends(server: Server) -> None:
    answer = server.get("/events", method="HEAD")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["content-type"].startswith("text/event-stream")


def test_other_loopback_address(tmp_path: Path) -> None:
    with serving(tmp_path, "--host", "::1") as server:
        assert f"http://[::1]:{server.port}/ and" in server.said
        assert server.stop() == 0


def test_address_is_printed(server: Server) -> None:
    assert server.said.endswith(f"served at {server.url}/ and {server.url}/client/v4; Ctrl-C stops\n")


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_stops_at_once_while_a_page_is_open(tmp_path: Path, stop: signal.Signals) -> None:
    with serving(tmp_path) as server, server.events() as events:
        assert next(events)["workflows"] == []
        server.process.send_signal(stop)
        assert list(events) == []
        assert server.process.wait(SECONDS) == (0 if stop is signal.SIGINT else -signal.SIGTERM)


def test_nothing_is_said_but_the_address(tmp_path: Path) -> None:
    (tmp_path / "a.ts").write_text(workflow("A", do("one")), encoding="utf-8")
    with subprocess.Popen(
        [*COMMAND, str(tmp_path), "--port", "0"], stdout=-1, stderr=-1, text=True, env=ENVIRONMENT
    ) as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=SECONDS) == ("", "")


def test_port_that_is_taken(server: Server, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", str(tmp_path), "--port", str(server.port)]) == 2
    message = f"cannot listen on 127.0.0.1 port {server.port}: Address already in use; --port 0 takes a free one\n"
    assert capsys.readouterr() == ("", message)


def test_host_that_is_none(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--host", "no such host", "--port", "0"]) == 2
    assert capsys.readouterr().err.startswith("cannot listen on no such host: ")


def test_path_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "nowhere"]) == 2
    assert capsys.readouterr().err == "nowhere:1:1: no such file or directory\n"


@pytest.mark.parametrize("port", ["-1", "65536", "http", "1.5"])
def test_port_that_is_none(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["serve", f"--port={port}"])
    assert f"'{port}' is not a port from 0 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize("package", ["starlette", "uvicorn", "watchfiles"])
def test_without_the_extra(package: str, tmp_path: Path) -> None:
    code = f"import sys; sys.modules[{package!r}] = None; from analyzer.cli import main; sys.exit(main(['serve']))"
    command = [COMMAND[0], "-c", code]
    result = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True)
    assert result.returncode == 2
    assert result.stderr == f"{package} is not installed; install it with: pip install 'stepgraph[serve]'\n"
