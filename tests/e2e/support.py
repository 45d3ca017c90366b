"""What the end-to-end tests share: running the program, and a server for a while. Standard library only."""
import contextlib
import http.client
import json
import os
import pathlib
import re
import signal
import subprocess
import tempfile
import time
import unittest

ROOT = pathlib.Path(os.environ.get("HEED_SOURCE_DIR", pathlib.Path(__file__).resolve().parents[2]))
HEED = os.environ.get("HEED", str(ROOT / "build/release/heed"))
POLICY = ROOT / "rules/service_recovery"
CASES = POLICY / "cases"


def heed(*words, stdin=None, env=None, cwd=None):
    """Runs the program to its end; text in, text out."""
    return subprocess.run([HEED, *map(str, words)], input=stdin, capture_output=True, text=True, timeout=120,
                          cwd=cwd, env={**os.environ, "TERM": "dumb", **(env or {})})


class Server:
    """`heed serve` on a free port of this machine; without a policy the store's decides."""

    def __init__(self, store, policy=POLICY, words=(), listen="127.0.0.1:0", env=None):
        self.store = pathlib.Path(store)
        self.log = tempfile.NamedTemporaryFile("w+", suffix=".log", delete=False)
        self.process = subprocess.Popen(
            [HEED, "serve", *(["--policy", str(policy)] if policy else []), "--store", str(store), "--listen", listen,
             *map(str, words)],
            stderr=self.log, stdout=subprocess.DEVNULL, env={**os.environ, "TERM": "dumb", **(env or {})})
        self.port = self._wait_for_port()

    def _wait_for_port(self):
        for _ in range(600):
            found = re.search(r"listening on https?://[^ ]*:(\d+)", self.said())
            if found:
                return int(found[1])
            if self.process.poll() is not None:
                raise RuntimeError("the server ended: " + self.said())
            time.sleep(0.02)
        raise RuntimeError("the server does not listen: " + self.said())

    def said(self):
        return pathlib.Path(self.log.name).read_text()

    def wait_for(self, words):
        """Until the server has said so."""
        for _ in range(600):
            if words in self.said():
                return
            time.sleep(0.02)
        raise AssertionError(f"{words} was not said: {self.said()}")

    def request(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            if isinstance(body, str):
                body = body.encode()
            connection.request(method, path, body, {"Content-Type": "application/json", **(headers or {})})
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def stop(self, how=signal.SIGTERM):
        if self.process.poll() is None:
            self.process.send_signal(how)
            self.process.wait(30)
        self.log.close()
        return self.process.returncode


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


@contextlib.contextmanager
def serving(policy=POLICY, words=()):
    with tempfile.TemporaryDirectory() as folder:
        server = Server(pathlib.Path(folder) / "heed.sqlite", policy, words)
        try:
            yield server
        finally:
            server.stop()


def main():
    unittest.main(verbosity=2)
