"""Clients that are slow, many, gone, or send what no case is: each gets the answer that is meant for it, and the others
are served meanwhile. HEED_IDLE=10000 is the long form of the idle connections; it needs as many open files."""
import contextlib
import json
import os
import pathlib
import resource
import socket
import tempfile
import threading
import time
import unittest

from support import CASES, Server, heed, main, serving

CASE = (CASES / "blamed-en.json").read_text()
IDLE = int(os.environ.get("HEED_IDLE", "1000"))


def files_allowed(count):
    """Lets this process, and servers that it starts, have so many files open, where it may."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (count, max(hard, count)))
    return resource.getrlimit(resource.RLIMIT_NOFILE)[0] >= count


def decide(server):
    """Seconds until a decision is answered on a connection of its own."""
    began = time.monotonic()
    answer = server.request("POST", "/v1/decisions", CASE)
    assert answer.status == 200, answer.body
    return time.monotonic() - began


def send(port, bytes_, silence=1):
    """All that comes back for some bytes, until the server closes or is silent for so long."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as client:
        client.sendall(bytes_)
        client.settimeout(silence)
        said = b""
        with contextlib.suppress(OSError):
            while piece := client.recv(65536):
                said += piece
        return said


def post(body, fields="", path="/v1/decisions"):
    body = body if isinstance(body, bytes) else body.encode()
    return f"POST {path} HTTP/1.1\r\nHost: localhost\r\n{fields}Content-Length: {len(body)}\r\n\r\n".encode() + body


class Idle(unittest.TestCase):
    def test_a_decision_is_answered_while_thousands_wait_and_say_nothing(self):
        if not files_allowed(IDLE + 600):
            self.skipTest(f"{IDLE + 600} open files are not allowed")
        with serving(words=["--connections-max", str(IDLE + 500)]) as server:
            usual = sorted(decide(server) for _ in range(20))[10]
            idle = []
            try:
                for number in range(IDLE):
                    client = socket.create_connection(("127.0.0.1", server.port), timeout=10)
                    if number % 2:
                        client.sendall(b"POST /v1/decisions HTTP/1.1\r\nHost: lo")  # half a head
                    idle.append(client)
                metrics = server.request("GET", "/metrics").body.decode()
                open_now = next(int(line.split()[1]) for line in metrics.splitlines()
                                if line.startswith("heed_http_connections_open "))
                self.assertGreaterEqual(open_now, IDLE)
                times = sorted(decide(server) for _ in range(50))
                self.assertLess(times[25], max(0.1, 5 * usual))
                self.assertLess(times[-1], 2)
                memory = next(int(line.split()[1]) for line in pathlib.Path(f"/proc/{server.process.pid}/status")
                              .read_text().splitlines() if line.startswith("VmRSS"))
                print(f"{IDLE} idle connections, {memory // 1024} MiB: a decision takes {times[25] * 1000:.1f} ms, at most "
                      f"{times[-1] * 1000:.1f}; {usual * 1000:.1f} without them")
            finally:
                for client in idle:
                    client.close()
            deadline = time.monotonic() + 10
            while time.monotonic() < deadline:
                metrics = server.request("GET", "/metrics").body.decode()
                if "heed_http_connections_open 1\n" in metrics:
                    return
                time.sleep(0.05)
            self.fail("connections stay open: " + metrics)


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.server = Server(pathlib.Path(cls.folder.name) / "heed.sqlite")

    @classmethod
    def tearDownClass(cls):
        cls.server.stop()
        verified = heed("log", "verify", cls.server.store)
        assert verified.returncode == 0, verified.stdout + verified.stderr
        cls.folder.cleanup()

    def test_a_head_and_a_body_byte_by_byte_are_a_request(self):
        body = '{"subject": "slow"}'
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as client:
            client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            for number, byte in enumerate(post(body)):
                client.sendall(bytes([byte]))
                if number % 10 == 0:
                    time.sleep(0.005)
            self.assertIn(b"200 OK", client.recv(65536))

    def test_an_answer_that_is_read_slowly_holds_up_nobody(self):
        lines = "\n".join([json.dumps(json.loads(CASE))] * 400)
        with socket.socket() as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            client.settimeout(10)
            client.connect(("127.0.0.1", self.server.port))
            client.sendall(post(lines, "Content-Type: application/x-ndjson\r\nConnection: close\r\n"))
            said = b""
            while piece := client.recv(1024):
                said += piece
                if len(said) % 102400 < 1024:
                    self.assertLess(decide(self.server), 5)
            self.assertEqual(said.count(b'"id":"'), 400)

    def test_pipelined_requests_are_answered_in_their_order(self):
        many = b"".join(post(json.dumps({"subject": f"p-{number}"}), "Connection: close\r\n" if number == 99 else "")
                        for number in range(100))
        said = send(self.server.port, many, silence=10)
        places = [said.find(f'"subject":"p-{number}"'.encode()) for number in range(100)]
        self.assertNotIn(-1, places)
        self.assertEqual(places, sorted(places))

    def test_whoever_goes_away_is_forgotten(self):
        for number in range(200):
            client = socket.create_connection(("127.0.0.1", self.server.port), timeout=10)
            client.sendall(post(CASE)[:number * 7])
            client.close()
        self.assertLess(decide(self.server), 2)

    def test_a_flood_of_fields_is_refused(self):
        line = b"X-%d: y\r\n"
        for fields in (b"".join(line % number for number in range(5000)), b"A:\r\n" * 8000, b"X: " + b"y" * 65536 + b"\r\n",
                       b"Cookie: " + b"a=b; " * 10000 + b"\r\n"):
            said = send(self.server.port, b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n" + fields + b"\r\n")
            self.assertIn(b"HTTP/1.1 431", said[:20])
            self.assertIn(b"urn:heed:problem:head-too-large", said)
        self.assertLess(decide(self.server), 5)

    def test_a_body_that_lies_about_its_length_is_never_decided(self):
        before = self.server.request("GET", "/v1/decisions?subject=liar").json()["records"]
        body = '{"subject": "liar"}'
        for length in (len(body) + 1, len(body) + 1000):  # the client goes before the end
            with socket.create_connection(("127.0.0.1", self.server.port), timeout=10) as client:
                client.sendall(f"POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Length: {length}\r\n\r\n{body}"
                               .encode())
                client.shutdown(socket.SHUT_WR)
                self.assertNotIn(b"200 OK", client.recv(65536))
        said = send(self.server.port, f"POST /v1/decisions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n{body}"
                    .encode())
        self.assertNotIn(b"200 OK", said)
        self.assertEqual(self.server.request("GET", "/v1/decisions?subject=liar").json()["records"], before)

    def test_what_is_no_case_is_refused_and_the_connection_goes_on(self):
        deep, wide = 100_000, 60_000
        bodies = {
            "deep lists": ("[" * deep, 400), "deep objects": ('{"a":' * deep, 400),
            "deep and closed": ('{"facts":' * 70 + "{}" + "}" * 70, 400),
            "nothing": ("", 400), "blanks": (" " * 1000, 400), "two cases": ("{}{}", 400), "half a case": ('{"facts": {', 400),
            "a number": ("1", 422), "a list": ("[]", 422), "null": ("null", 422),
            "a key twice": ('{"subject": "a", "subject": "b"}', 400),
            "a fact twice": ('{"facts": {"customer": {"captive": true, "captive": false}}}', 400),
            "the same key, written otherwise": ('{"subject": "a", "s\\u0075bject": "b"}', 400),
            "many keys": ("{" + ",".join(f'"k{number}":0' for number in range(wide)) + "}", 200),
            "a huge number": ('{"facts": {"order": {"total": 1' + "0" * 5000 + "}}}", 400),
            "a huge exponent": ('{"facts": {"order": {"total": 1e999999999}}}', 400),
            "no UTF-8": (b'{"subject": "\xff\xfe"}', 400), "half a letter": (b'{"subject": "\xd7"}', 400),
            "an overlong letter": (b'{"subject": "\xc0\xaf"}', 400), "a surrogate": (b'{"subject": "\xed\xa0\x80"}', 400),
            "half a surrogate pair": ('{"subject": "\\ud800"}', 400), "a NUL": (b'{"subject": "a\0b"}', 400),
            "UTF-16": ('{"subject": "a"}'.encode("utf-16"), 400), "a comment": ("{} // nothing", 400),
            "NaN": ('{"facts": {"order": {"total": NaN}}}', 400),
        }
        with socket.create_connection(("127.0.0.1", self.server.port), timeout=20) as client:
            stream = client.makefile("rb")
            for name, (body, expected) in bodies.items():
                began = time.monotonic()
                client.sendall(post(body))
                self.assertEqual(self.answer(stream)[0], expected, name)
                self.assertLess(time.monotonic() - began, 5, name)
                client.sendall(post('{"subject": "after"}'))
                status, said = self.answer(stream)
                self.assertEqual(status, 200, name)
                self.assertEqual(json.loads(said)["subject"], "after", name)

    @staticmethod
    def answer(stream):
        status, length = int(stream.readline().split()[1]), 0
        while (line := stream.readline().strip()):
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        return status, stream.read(length)


if __name__ == "__main__":
    main()
