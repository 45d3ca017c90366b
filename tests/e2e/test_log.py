"""A log that an auditor can trust: proofs by command and by HTTP, the independent verifier, and every way to cheat."""
import json
import os
import pathlib
import random
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from support import HEED, ROOT, Server, heed, main

FLIPS = int(os.environ.get("HEED_FLIPS", "60"))
NOT_COVERED = {"policies": ("revision",), "events": (), "event_keys": ()}  # by a hash: docs/log-format.md


def by_hand(file, key, *words):
    """The verifier that shares nothing with the program."""
    return subprocess.run([sys.executable, ROOT / "tests/verify_log.py", file, "--key", key, *words],
                          capture_output=True, text=True, timeout=120)


def contents(store):
    """All that a store says, without what no hash covers; nothing where SQLite cannot read it."""
    try:
        database = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
        database.text_factory = bytes
        tables = [row[0].decode() for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY 1")]
        return [(name, database.execute(f"SELECT {', '.join(NOT_COVERED.get(name, '*')) or 1} FROM {name} ORDER BY rowid"
                                        if name not in ("keys", "postings", "spans", "event_keys", "keys_in_use") else f"SELECT * FROM {name}").fetchall())
                for name in tables]
    except sqlite3.Error:
        return None


class Log(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.kept = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.kept.name)
        cls.policy, cls.store = cls.folder / "policy", cls.folder / "heed.sqlite"
        heed("new", cls.policy)
        cls.decide(cls.store, 20)
        cls.first_key = cls.key_of(cls.store)
        cls.earlier = cls.folder / "earlier"
        cls.earlier.write_text(heed("log", "checkpoint", cls.store).stdout)
        assert heed("log", "key", cls.store, "--rotate").returncode == 0
        cls.decide(cls.store, 20)
        cls.key = cls.key_of(cls.store)
        cls.export = cls.folder / "export.jsonl"
        cls.export.write_text(heed("log", "export", cls.store).stdout)

    @classmethod
    def tearDownClass(cls):
        cls.kept.cleanup()

    @classmethod
    def decide(cls, store, count, subject="c-1"):
        server = Server(store, cls.policy, ["--key", str(cls.folder / "heed.sqlite.key"), "--master", str(cls.folder / "heed.sqlite.master")])
        ids = [server.request("POST", "/v1/decisions", json.dumps({"subject": subject})).json()["id"] for _ in range(count)]
        server.stop()
        return ids

    @staticmethod
    def key_of(store):
        return heed("log", "key", store).stdout.strip()

    def copy(self, name):
        path = self.folder / name
        for end in ("", "-wal", "-shm"):
            if pathlib.Path(str(self.store) + end).exists():
                shutil.copy(str(self.store) + end, str(path) + end)
            else:
                pathlib.Path(str(path) + end).unlink(missing_ok=True)
        return path

    def assert_holds(self, done, words):
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn(words, done.stdout)

    def assert_refused(self, done, words):
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertIn(words, done.stderr)

    def test_it_holds_for_both_verifiers(self):
        self.assert_holds(heed("log", "verify", self.store), "the log holds: 42 records")
        for key in (self.first_key, self.key):
            self.assert_holds(by_hand(self.export, key), "42 of the log's 42 records hold")
        self.assert_holds(by_hand(self.export, self.first_key, "--seen", self.earlier), "and continue what was seen")
        self.assertIn("the log signs with another key", heed("log", "list", self.store).stdout)  # that is a record too

    def test_one_decision_is_proved_by_command(self):
        identity = json.loads(heed("log", "list", self.store, "--limit", "1", "--json").stdout)["id"]
        proof = self.folder / "proof.json"
        proof.write_text(heed("log", "prove", self.store, identity).stdout)
        self.assert_holds(by_hand(proof, self.key), f"record 42, {identity}, is one of the log's 42")
        self.assert_refused(by_hand(proof, self.first_key), "the head is not signed by")
        whole = json.loads(proof.read_text())
        for place in range(len(whole["path"])):
            changed = json.loads(proof.read_text())
            changed["path"][place] = "00" * 32
            proof.write_text(json.dumps(changed))
            self.assert_refused(by_hand(proof, self.key), "the record is not in the log")
            proof.write_text(json.dumps(whole))
        self.assertEqual(heed("log", "prove", self.store, "nobody").returncode, 1)

    def test_proofs_by_http(self):
        store = self.copy("http.sqlite")
        server = Server(store, self.policy, ["--key", str(self.folder / "heed.sqlite.key"), "--master", str(self.folder / "heed.sqlite.master")])
        try:
            identity = server.request("POST", "/v1/decisions", "{}").json()["id"]
            proof, growth = self.folder / "http-proof.json", self.folder / "growth.json"
            proof.write_bytes(server.request("GET", f"/v1/decisions/{identity}/proof").body)
            self.assert_holds(by_hand(proof, self.key), f"record 43, {identity}, is one of the log's 43")
            seen = self.folder / "seen"
            seen.write_text(heed("log", "checkpoint", self.store).stdout)
            growth.write_bytes(server.request("GET", "/v1/log/consistency?from=42").body)
            self.assert_holds(by_hand(growth, self.key, "--seen", seen), "43 records continues the 42")
            self.assert_refused(by_hand(growth, self.key), "names no head")
            other = json.loads(growth.read_text())
            other["path"][0] = "11" * 32
            growth.write_text(json.dumps(other))
            self.assert_refused(by_hand(growth, self.key, "--seen", seen), "does not begin with")
            head = server.request("GET", "/v1/log/checkpoint")
            self.assertEqual(head.headers["Content-Type"], "text/plain; charset=utf-8")
            self.assertEqual(head.body.decode(), json.loads(proof.read_text())["checkpoint"])
            beyond = server.request("GET", "/v1/log/consistency?from=44")
            self.assertEqual((beyond.status, beyond.json()["type"]), (409, "urn:heed:problem:log-shorter"))
        finally:
            server.stop()

    def test_an_export_can_be_of_one_subject(self):
        store = self.copy("subject.sqlite")
        self.decide(store, 3, "c-2")
        export = self.folder / "subject.jsonl"
        export.write_text(heed("log", "export", store, "--subject", "c-2").stdout)
        self.assertNotIn('c-1\\"', export.read_text())  # as a whole text: an id may have it in its middle
        self.assert_holds(by_hand(export, self.first_key), "5 of the log's 45 records hold")  # and that of the key
        self.assert_refused(by_hand(export, self.first_key, "--seen", self.earlier), "not whole")

    def test_no_byte_of_an_export_can_be_changed(self):
        chance = random.Random(20261122)
        genuine = self.export.read_bytes()
        changed = self.folder / "changed.jsonl"
        for _ in range(FLIPS):
            place, bit = chance.randrange(len(genuine)), 1 << chance.randrange(8)
            changed.write_bytes(genuine[:place] + bytes([genuine[place] ^ bit]) + genuine[place + 1:])
            done = by_hand(changed, self.first_key)
            self.assertEqual(done.returncode, 1, f"byte {place}, bit {bit}: {done.stdout}{done.stderr}")

    def test_no_line_of_an_export_can_be_missing_moved_or_added(self):
        lines = self.export.read_text().splitlines(keepends=True)
        changed = self.folder / "lines.jsonl"
        for name, other in {"cut": lines[:-5], "without end": lines[:-1], "without one": lines[:7] + lines[8:],
                            "turned": lines[:7] + [lines[8], lines[7]] + lines[9:], "twice": lines[:7] + lines[6:],
                            "without policy": [line for line in lines if '"policy":' not in line[:12]],
                            "without key": [line for line in lines if '\\"kind\\":\\"key\\"' not in line]}.items():
            changed.write_text("".join(other))
            done = by_hand(changed, self.first_key)
            self.assertEqual(done.returncode, 1, name + done.stdout)
            self.assertIn("it does not hold", done.stderr, name)

    def test_a_flipped_byte_of_the_store_is_found(self):
        chance = random.Random(4)
        store = self.copy("flipped.sqlite")
        genuine, said = store.read_bytes(), contents(store)
        self.assertIsNotNone(said)
        written = [place for place, byte in enumerate(genuine) if byte != 0 and place >= 100]  # most of it is room
        found = 0
        for _ in range(FLIPS):
            place, bit = chance.choice(written), 1 << chance.randrange(8)
            store.write_bytes(genuine[:place] + bytes([genuine[place] ^ bit]) + genuine[place + 1:])
            if contents(store) == said:
                continue  # room that nothing stands in
            done = heed("log", "verify", store)
            self.assertIn(done.returncode, (1, 2), f"byte {place}, bit {bit}: {done.stdout}{done.stderr}")
            found += 1
        self.assertGreater(found, FLIPS // 6)

    def test_a_store_that_was_cut_off_is_found(self):
        store = self.copy("cut.sqlite")
        whole = store.read_bytes()
        for pages in (1, 3, 10):
            store.write_bytes(whole[:-16384 * pages])
            self.assertIn(heed("log", "verify", store).returncode, (1, 2))
        store.write_bytes(whole)
        database = sqlite3.connect(store)
        database.execute("DELETE FROM records WHERE sequence > 39")
        database.commit()
        database.close()
        done = heed("log", "verify", store)
        self.assertEqual(done.returncode, 1)
        self.assertIn("[verify.gap] record 40", done.stdout)

    def test_a_witness_refuses_what_does_not_continue(self):
        store, older, witness = self.copy("witnessed.sqlite"), self.copy("older.sqlite"), self.folder / "witness"
        witness.unlink(missing_ok=True)
        self.assertEqual(heed("log", "witness", store, witness, "--key", "none").returncode, 2)
        self.assert_holds(heed("log", "witness", store, witness, "--key", self.key), "seen for the first time: 42 records")
        self.decide(store, 5)
        self.assert_holds(heed("log", "witness", store, witness), "42 records were seen, 47 are there now")
        kept = witness.read_text()
        self.assert_refused(heed("log", "witness", older, witness), "witness.shorter")  # rollback
        self.decide(older, 5, "c-9")
        self.assert_refused(heed("log", "witness", older, witness), "witness.forked")
        self.decide(older, 5, "c-9")
        refused = heed("log", "witness", older, witness)
        self.assert_refused(refused, "witness.rewritten")
        self.assertIn("the head that the log shows:\nheed/", refused.stderr)
        self.assertEqual(witness.read_text(), kept)
        self.assert_holds(heed("log", "verify", older), "the log holds: 52 records")  # whoever has the key can do that
        self.assert_holds(heed("log", "witness", store, witness), "47 records were seen, 47 are there now")
        growth = self.folder / "witnessed.jsonl"
        growth.write_text(heed("log", "export", older).stdout)
        self.assert_refused(by_hand(growth, self.key, "--seen", witness), "are not those that were seen")

    def test_a_key_that_others_may_read_is_refused(self):
        store = self.copy("exposed.sqlite")
        key = pathlib.Path(str(store) + ".key")
        shutil.copy(self.folder / "heed.sqlite.key", key)
        key.chmod(0o640)
        done = subprocess.run([HEED, "serve", "--policy", self.policy, "--store", store, "--listen", "127.0.0.1:0"],
                              capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 2)
        self.assertIn("key.exposed", done.stderr)
        self.assertIn("chmod 600", done.stderr)


if __name__ == "__main__":
    main()
