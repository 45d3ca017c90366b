"""What an operator meets when the store cannot be written, or is not theirs alone: the client is told to come back,
nothing half-written stays, and the message says what to do."""
import contextlib
import json
import os
import pathlib
import pwd
import shutil
import signal
import sqlite3
import stat
import subprocess
import tempfile
import threading
import time
import unittest

from support import CASES, HEED, POLICY, Server, heed, main

CASE = (CASES / "blamed-en.json").read_text()
IS_ROOT = os.geteuid() == 0


class Store(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.store = self.folder / "heed.sqlite"

    def serve(self, store=None):
        server = Server(store or self.store)
        self.addCleanup(server.stop)
        return server

    def assert_holds(self, store=None):
        verified = heed("log", "verify", store or self.store)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)

    def test_two_servers_on_one_store_are_both_right(self):
        servers = [self.serve(), self.serve()]
        ids = [{}, {}]

        def load(number):
            for key in range(60):
                answer = servers[number].request("POST", "/v1/decisions", CASE, {"Idempotency-Key": f"key-{key}"})
                self.assertEqual(answer.status, 200, answer.body)
                ids[number][key] = answer.json()["id"]

        threads = [threading.Thread(target=load, args=(number,)) for number in (0, 1)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(ids[0]), 60)
        self.assertEqual(ids[0], ids[1])  # whichever decided it, both give that one
        for server in servers:
            self.assertEqual(server.stop(), 0)
        self.assert_holds()
        database = sqlite3.connect(self.store)
        kinds = dict(database.execute("SELECT kind, count(*) FROM records GROUP BY kind"))
        self.assertEqual(kinds["decision"], 60)
        self.assertEqual(database.execute("SELECT max(sequence) FROM records").fetchone()[0], sum(kinds.values()))
        database.close()

    def test_a_locked_store_is_busy_until_it_is_not(self):
        server = self.serve()
        other = sqlite3.connect(self.store, isolation_level=None)
        self.addCleanup(other.close)
        other.execute("BEGIN IMMEDIATE")
        refused = server.request("POST", "/v1/decisions", CASE)
        self.assertEqual(refused.status, 503, refused.body)
        self.assertIn("Retry-After", refused.headers)
        self.assertIn("locked by another program", refused.json()["detail"])
        ready = server.request("GET", "/readyz")
        self.assertEqual(ready.status, 503, ready.body)
        second = heed("serve", "--policy", POLICY, "--store", self.store, "--listen", "127.0.0.1:0")
        self.assertEqual(second.returncode, 2)
        self.assertIn("log.busy", second.stderr)
        self.assertIn("end that program", second.stderr)
        other.execute("ROLLBACK")
        self.assertEqual(server.request("POST", "/v1/decisions", CASE).status, 200)
        self.assertEqual(server.request("GET", "/readyz").status, 200)
        self.assertIn('heed_decisions_total{outcome="not_logged"} 1', server.request("GET", "/metrics").body.decode())
        server.stop()
        self.assert_holds()

    @unittest.skipUnless(IS_ROOT, "only the superuser may make a small disk")
    def test_a_full_disk_refuses_and_goes_on_when_there_is_room(self):
        disk = self.folder / "disk"
        disk.mkdir()
        if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "heed", disk], capture_output=True).returncode != 0:
            self.skipTest("this machine lets nobody mount")
        self.addCleanup(lambda: subprocess.run(["umount", "-l", disk]))
        server = self.serve(disk / "heed.sqlite")
        self.assertEqual(server.request("POST", "/v1/decisions", CASE).status, 200)
        ballast = disk / "ballast"
        with contextlib.suppress(OSError), ballast.open("wb", buffering=0) as file:
            while True:
                file.write(bytes(4096))
        answered, refused = [], None
        for _ in range(400):
            answer = server.request("POST", "/v1/decisions", CASE)
            if answer.status != 200:
                refused = answer
                break
            answered.append(answer.json()["id"])
        self.assertEqual(refused.status, 503, refused.body)
        self.assertIn("Retry-After", refused.headers)
        self.assertIn("no room left", refused.json()["detail"])
        self.assertEqual(server.request("GET", "/readyz").status, 503)
        self.assertEqual(server.request("GET", "/v1/decisions?limit=1").status, 200)  # what is there can be read
        ballast.unlink()
        answered.append(server.request("POST", "/v1/decisions", CASE).json()["id"])
        self.assertEqual(server.request("GET", "/readyz").status, 200)
        server.stop()
        self.assert_holds(disk / "heed.sqlite")
        database = sqlite3.connect(disk / "heed.sqlite")
        logged = {row[0] for row in database.execute("SELECT id FROM records WHERE kind = 'decision'")}
        database.close()
        self.assertEqual(set(answered) - logged, set())

    @unittest.skipUnless(IS_ROOT, "needs another user")
    def test_a_store_that_may_only_be_read_is_read_and_not_served(self):
        server = self.serve()
        self.assertEqual(server.request("POST", "/v1/decisions", CASE).status, 200)
        server.stop()
        program = self.folder / "heed"
        shutil.copy(HEED, program)  # where another user may run it
        policy = shutil.copytree(POLICY, self.folder / "policy")
        self.store.chmod(0o444)
        self.folder.chmod(0o555)
        other = {"user": pwd.getpwnam("nobody").pw_uid, "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}

        def run(*words):
            return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=60, **other)

        verified = run("log", "verify", self.store)
        self.assertEqual(verified.returncode, 0, verified.stdout + verified.stderr)
        started = run("serve", "--policy", policy, "--store", self.store, "--listen", "127.0.0.1:0")
        self.assertEqual(started.returncode, 2, started.stderr)
        self.assertRegex(started.stderr, r"log\.(read-only|unreadable)")
        self.assertIn("check", started.stderr)  # what to do
        started = run("serve", "--policy", policy, "--store", self.folder / "new.sqlite", "--listen", "127.0.0.1:0")
        self.assertEqual(started.returncode, 2, started.stderr)
        self.assertIn("log.unreadable", started.stderr)

    def test_a_store_that_is_a_folder_or_no_log_says_so(self):
        (self.folder / "folder").mkdir()
        (self.folder / "empty").touch()
        (self.folder / "text").write_text("no database\n" * 1000)
        cut = self.folder / "cut"
        server = self.serve()
        server.request("POST", "/v1/decisions", CASE)
        server.stop()
        cut.write_bytes(self.store.read_bytes()[:5000])
        for name, code in {"folder": "log.unreadable", "empty": "log.foreign", "text": "log.foreign",
                           "cut": "log.", "nothing": "log.unreadable"}.items():
            read = heed("log", "verify", self.folder / name)
            self.assertIn(read.returncode, (1, 2), name)
            self.assertIn(code, read.stdout + read.stderr, name)
            self.assertNotIn("holds:", read.stdout.replace("does not hold", ""), name)

    def test_what_is_stopped_for_a_while_goes_on(self):
        server = self.serve()
        self.assertEqual(server.request("POST", "/v1/decisions", CASE).status, 200)
        server.process.send_signal(signal.SIGSTOP)  # as a machine that sleeps: to the program the clock jumps
        time.sleep(0.5)
        server.process.send_signal(signal.SIGCONT)
        self.assertEqual(server.request("POST", "/v1/decisions", CASE).status, 200)
        server.stop()
        self.assert_holds()


if __name__ == "__main__":
    main()
