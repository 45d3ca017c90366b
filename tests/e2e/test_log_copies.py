"""Backups of a log while it is written, and putting one back: whole or not at all, and never unnoticed an older one."""
import contextlib
import json
import os
import pathlib
import random
import shutil
import signal
import subprocess
import tempfile
import threading
import time
import unittest

from support import HEED, Server, heed, main

KILLS = int(os.environ.get("HEED_COPY_KILLS", "12"))


class Copies(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.origin = pathlib.Path(cls.kept.name)
        cls.policy = cls.origin / "policy"
        heed("new", cls.policy)
        cls.decide(cls.origin / "heed.sqlite", 40)

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    @classmethod
    def decide(cls, store, count):
        server = Server(store, cls.policy)
        lines = "\n".join(json.dumps({"subject": f"c-{number}"}) for number in range(count))
        answer = server.request("POST", "/v1/decisions", lines, {"Content-Type": "application/x-ndjson"})
        assert answer.status == 200 and len(answer.body.splitlines()) == count
        server.stop()

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.store, self.copy = self.folder / "heed.sqlite", self.folder / "copy.sqlite"
        for end in ("", "-wal", ".key", ".master"):
            if pathlib.Path(str(self.origin / "heed.sqlite") + end).exists():
                shutil.copy(str(self.origin / "heed.sqlite") + end, str(self.store) + end)

    def assert_done(self, done, *words):
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        for word in words:
            self.assertIn(word, done.stdout)

    def assert_refused(self, done, status, code):
        self.assertEqual((done.returncode, done.stderr[:done.stderr.find("]")]), (status, f"error[{code}"), done.stdout + done.stderr)

    def files(self, begin):
        return sorted(path.name for path in self.folder.iterdir() if path.name.startswith(begin))

    def backup(self):
        self.assert_done(heed("log", "backup", self.store, self.copy))

    def test_a_backup_is_made_while_the_server_writes(self):
        server = Server(self.store, self.policy)
        going, answered = True, []

        def load():
            while going:
                answered.append(server.request("POST", "/v1/decisions", "{}").json()["id"])
        writer = threading.Thread(target=load)
        writer.start()
        time.sleep(0.2)
        before = list(answered)
        done = heed("log", "backup", self.store, self.copy)
        going = False
        writer.join()
        server.stop()
        self.assert_done(done, "the copy holds", "not in the copy: the keys")
        self.assertEqual(self.files("copy"), ["copy.sqlite"])
        self.assertEqual(self.copy.stat().st_mode & 0o777, 0o600)
        self.assert_done(heed("log", "verify", self.copy), "the log holds")
        listed = {json.loads(line)["id"] for line in heed("log", "list", self.copy, "--limit", "1000", "--json").stdout.splitlines()}
        self.assertEqual([each for each in before if each not in listed], [])
        self.assertNotIn(pathlib.Path(str(self.store) + ".key").read_bytes().strip(), self.copy.read_bytes())

    def test_nothing_is_overwritten_and_a_damaged_log_is_not_copied(self):
        self.copy.write_text("precious")
        self.assert_refused(heed("log", "backup", self.store, self.copy), 2, "copy.exists")
        self.assertEqual(self.copy.read_text(), "precious")
        self.copy.unlink()
        self.assert_refused(heed("log", "backup", self.folder / "none", self.copy), 2, "log.unreadable")
        import sqlite3
        with sqlite3.connect(self.store) as database:
            database.execute("UPDATE records SET decision = replace(decision, 'subject', 'sobject') WHERE sequence = 7")
        database.close()
        done = heed("log", "backup", self.store, self.copy)
        self.assert_refused(done, 1, "verify.failed")
        self.assertIn("record 7", done.stderr)
        self.assertEqual(self.files("copy"), [])

    def test_a_copy_serves_elsewhere_once_the_key_is_there(self):
        self.backup()
        there = self.folder / "there.sqlite"
        self.assert_done(heed("log", "restore", self.copy, there), "40 decisions computed again", "the key that signs is not in a copy", "the master key that opens")
        for end in (".key", ".master"):
            shutil.copy(str(self.store) + end, str(there) + end)
        self.decide(there, 3)
        self.assert_done(heed("log", "verify", there), "the log holds: 44 records")
        self.assert_refused(heed("log", "restore", self.copy, there), 2, "copy.exists")

    def test_an_older_copy_is_put_back_on_purpose_alone(self):
        self.backup()
        witness = self.folder / "witness"
        self.decide(self.store, 5)
        self.assert_done(heed("log", "witness", self.store, witness))
        restore = ("log", "restore", self.copy, self.store)
        self.assert_refused(heed(*restore), 2, "copy.exists")
        refused = heed(*restore, "--replace")
        self.assert_refused(refused, 1, "restore.older")
        self.assertIn("5 that were answered are not in the copy", refused.stderr)
        self.assert_refused(heed("log", "restore", self.copy, self.folder / "new.sqlite", "--witness", witness), 1, "witness.shorter")
        self.assertEqual(self.files("new"), [])
        self.assert_done(heed("log", "verify", self.store), "46 records")
        done = heed(*restore, "--replace", "--accept-loss", "--witness", witness)
        self.assert_done(done, "restored 41 records", "5 that were answered", "what was there is kept: ")
        aside, = [name for name in self.files("heed.sqlite.before-")]
        self.assert_done(heed("log", "verify", self.folder / aside), "46 records")
        self.assert_refused(heed("log", "witness", self.store, witness), 1, "witness.shorter")
        self.decide(self.store, 2)  # it serves, with the key that was there all along

    def test_a_forked_copy_and_one_of_another_log_are_refused(self):
        self.backup()
        fork = self.folder / "fork.sqlite"
        self.assert_done(heed("log", "restore", self.copy, fork))
        for end in (".key", ".master"):
            shutil.copy(str(self.store) + end, str(fork) + end)
        self.decide(fork, 4)
        self.decide(self.store, 2)
        self.assert_refused(heed("log", "restore", fork, self.store, "--replace"), 1, "restore.forked")
        other = self.folder / "other.sqlite"
        self.decide(other, 4)
        self.assert_refused(heed("log", "restore", other, self.store, "--replace"), 1, "restore.other-log")
        self.assertEqual(self.files("heed.sqlite.before"), [])

    def test_a_server_that_runs_keeps_its_log(self):
        self.backup()
        server = Server(self.store, self.policy)
        try:
            self.assert_refused(heed("log", "restore", self.copy, self.store, "--replace"), 2, "copy.in-use")
            self.assertEqual(server.request("POST", "/v1/decisions", "{}").status, 200)
        finally:
            server.stop()
        self.assert_done(heed("log", "verify", self.store), "42 records")

    def test_a_damaged_copy_restores_nothing(self):
        self.backup()
        whole = self.copy.read_bytes()
        there = self.folder / "there.sqlite"
        place = whole.find(b'"policy":{"name"')
        self.copy.write_bytes(whole[:place] + b"X" + whole[place + 1:])
        self.assert_refused(heed("log", "restore", self.copy, there, "--quick"), 1, "verify.failed")
        self.copy.write_bytes(whole[:len(whole) // 2])
        self.assertIn(heed("log", "restore", self.copy, there).returncode, (1, 2))
        self.assertEqual(self.files("there"), [])

    def parts_of(self, target):
        """Of a copy that is being made: each file and what tells it from another of its name."""
        parts = set()
        for path in self.folder.glob(target.name + ".part*"):
            with contextlib.suppress(FileNotFoundError):
                parts.add((path.name, path.stat().st_ino, path.stat().st_mtime_ns))
        return parts

    def test_what_is_killed_in_the_middle_leaves_nothing_half_done(self):
        self.decide(self.store, 2500)
        began = time.monotonic()
        self.backup()
        taken = time.monotonic() - began
        there = self.folder / "there.sqlite"
        chance = random.Random(20261122)
        wholes = 0
        for number in range(KILLS):
            target = self.folder / f"killed{number % 2}.sqlite"
            words = ("backup", self.store, target) if number % 3 else ("restore", self.copy, there, "--quick", "--replace")
            before = self.parts_of(words[2])  # left by one that was killed; who is told before it begins leaves them
            running = subprocess.Popen([HEED, "log", *map(str, words)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            time.sleep(chance.uniform(0, taken))
            how = chance.choice((signal.SIGKILL, signal.SIGINT))
            running.send_signal(how)
            running.wait(30)
            if how == signal.SIGINT and running.returncode != 0:  # told to end, it clears up what it made
                self.assertLessEqual(self.parts_of(words[2]), before)
            for path in (target, there):
                if path.exists():
                    wholes += 1
                    self.assert_done(heed("log", "backup", path, self.folder / "check.sqlite"))
                    (self.folder / "check.sqlite").unlink()
                    path.unlink()
        self.assert_done(heed("log", "restore", self.copy, there, "--quick"))
        self.assertEqual([name for name in self.files("there")], ["there.sqlite"])
        print(f"{KILLS} killed, {wholes} had been done before")


if __name__ == "__main__":
    main()
