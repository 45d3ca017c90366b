"""`heed lsp` as a program: the messages of a real client (Neovim's, recorded by test_neovim.py) played again, each answer
held against the one that is written down; how it ends; and that nothing that it is sent makes it end.

UPDATE_GOLDENS=1 writes the answers anew."""
import json
import os
import pathlib
import queue
import subprocess
import tempfile
import threading
import unittest

import support
from test_neovim import RULES, VOCABULARY

RECORD = support.ROOT / "tests/e2e/lsp/neovim.jsonl"
ANSWERS = support.ROOT / "tests/e2e/lsp/neovim.answers.jsonl"


class Server:
    def __init__(self):
        self.process = subprocess.Popen([support.HEED, "lsp", "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.inbox = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        out = self.process.stdout
        while head := out.readline():
            size = int(head.split(b":")[1])
            out.readline()
            self.inbox.put(json.loads(out.read(size)))
        self.inbox.put(None)

    def send_bytes(self, data):
        self.process.stdin.write(data)
        self.process.stdin.flush()

    def send(self, message):
        body = json.dumps(message).encode()
        self.send_bytes(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))

    def wait_for(self, is_wanted):
        """The first message that is wanted; those before it are passed over."""
        while (message := self.inbox.get(timeout=60)) is not None:
            if is_wanted(message):
                return message
        raise AssertionError("the server ended")

    def ask(self, number, method, params=None):
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params or {}})
        return self.wait_for(lambda it: it.get("id") == number and "method" not in it)

    def end(self):
        self.process.stdin.close()
        status = self.process.wait(60)
        self.process.stdout.close()
        return status


def answered(server, message):
    """What the server says to a recorded message, where it has to say anything."""
    method, params = message.get("method"), message.get("params", {})
    if "id" in message and method:
        return server.wait_for(lambda it: it.get("id") == message["id"] and "method" not in it)
    if method in ("textDocument/didOpen", "textDocument/didChange"):
        document = params["textDocument"]
        return server.wait_for(
            lambda it: it.get("method") == "textDocument/publishDiagnostics"
            and it["params"]["uri"] == document["uri"] and it["params"].get("version") == document["version"])
    return None


class Recorded(unittest.TestCase):
    maxDiff = None

    def test_every_answer_is_the_one_written_down(self):
        with tempfile.TemporaryDirectory() as top:
            folder = str(pathlib.Path(top).resolve())
            pathlib.Path(folder, "rules.heed").write_text(RULES)
            pathlib.Path(folder, "vocabulary.heed").write_text(VOCABULARY)
            server, answers = Server(), []
            for line in RECORD.read_text().splitlines():
                message = json.loads(line.replace("/FOLDER", folder))
                server.send(message)
                if answer := answered(server, message):
                    if isinstance(answer.get("result"), dict):
                        answer["result"].pop("serverInfo", None)
                    answers.append(json.dumps(answer, ensure_ascii=False, sort_keys=True).replace(folder, "/FOLDER"))
            self.assertEqual(server.end(), 0)
        if os.environ.get("UPDATE_GOLDENS"):
            ANSWERS.write_text("\n".join(answers) + "\n")
        self.assertEqual(answers, ANSWERS.read_text().splitlines())


class Ending(unittest.TestCase):
    def started(self):
        server = Server()
        server.ask(1, "initialize", {"capabilities": {}})
        return server

    def test_exit_after_shutdown_is_success(self):
        server = self.started()
        self.assertIsNone(server.ask(2, "shutdown")["result"])
        server.send({"jsonrpc": "2.0", "method": "exit"})
        self.assertEqual(server.end(), 0)

    def test_exit_without_shutdown_is_failure(self):
        server = self.started()
        server.send({"jsonrpc": "2.0", "method": "exit"})
        self.assertEqual(server.end(), 1)

    def test_an_editor_that_goes_away_is_failure(self):
        self.assertEqual(self.started().end(), 1)

    def test_nothing_that_is_sent_ends_it(self):
        server = self.started()
        for data in (b"nonsense\r\n\r\n", b"Content-Length: -7\r\n\r\n", b"Content-Length: 3\r\n\r\n\xff\xfe{",
                     b"Content-Length: 2\r\n\r\n{]", b"x" * 100_000, b"\r\n\r\n"):
            server.send_bytes(data)
        self.assertEqual(server.ask(9, "textDocument/hover", {"textDocument": 7})["error"]["code"], -32602)
        server.ask(10, "shutdown")
        server.send({"jsonrpc": "2.0", "method": "exit"})
        self.assertEqual(server.end(), 0)


if __name__ == "__main__":
    support.main()
