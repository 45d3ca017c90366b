"""Private values: sealed in the log, seen only by who may read them, and erased for good."""
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import unittest

from support import ROOT, Server, heed, main

POLICY = """policy seals "What is sealed"
  languages en

fact customer.name is private text
fact customer.age is private whole number
fact order.sku is public text
fact order.note is text
fact order.days is whole number
event fault
  product is text
  days is whole number
phrases angry
  en "at once"
action call
  takes about is text
answer order.age is whole number

script greet
  en "Hello {customer.name}"

rule note
  when order.note mentions angry
  then do call about order.note
       say greet
       set order.age to customer.age
       record fault product order.note days order.days
rule again
  when any fault in last 30 days where (product is order.note)
  then say en "You wrote {order.note} again, after {order.days} days"
"""
MARKER = "xyzzymarker"


def case(number=0, subject="c-1", **more):
    return json.dumps({"subject": subject, "facts": {
        "customer.name": MARKER + "name", "customer.age": 4711, "order.sku": "sku-1",
        "order.note": f"{MARKER} at once {number}", "order.days": 3}, **more})


def bearer(token):
    return {"Authorization": "Bearer " + token}


class Sealing(unittest.TestCase):
    def setUp(self):
        self.kept = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.kept.name)
        self.policy, self.store, self.tokens = (self.folder / name for name in ("policy", "heed.sqlite", "tokens.json"))
        self.policy.mkdir()
        (self.policy / "policy.heed").write_text(POLICY)
        checked = heed("check", self.policy)
        self.assertEqual(checked.returncode, 0, checked.stdout + checked.stderr)
        self.servers = []

    def tearDown(self):
        for server in self.servers:
            server.stop()
        self.kept.cleanup()

    def serve(self, *words):
        self.servers.append(Server(self.store, self.policy, words))
        return self.servers[-1]

    def token(self, name, role):
        made = heed("token", "add", name, "--role", role, "--tokens", self.tokens)
        self.assertEqual(made.returncode, 0, made.stderr)
        return made.stdout.strip()

    def files(self):
        return b"".join(path.read_bytes() for path in self.folder.glob("heed.sqlite*") if path.suffix != ".master")

    def verify(self, *words):
        return json.loads(heed("log", "verify", self.store, "--json", *words).stdout)

    def test_the_marker_is_nowhere_but_where_it_may_be_read(self):
        caller, auditor, admin = (self.token(role, role) for role in ("caller", "auditor", "admin"))
        server = self.serve("--tokens", str(self.tokens))
        ask = lambda method, path, body=None, token=caller, **headers: server.request(
            method, path, body, {**bearer(token), **headers})
        first = ask("POST", "/v1/decisions", case(), **{"Idempotency-Key": "k-1"})
        self.assertEqual(first.status, 200, first.body)
        self.assertIn(MARKER, first.body.decode())
        repeated = ask("POST", "/v1/decisions", case(), **{"Idempotency-Key": "k-1"})
        self.assertEqual((repeated.status, repeated.body), (200, first.body))
        again = ask("POST", "/v1/decisions", case())
        self.assertIn("again", again.body.decode())  # the history was opened to decide
        self.assertEqual(ask("POST", "/v1/decisions?explain=full", case(2)).status, 200)
        ask("POST", "/v1/decisions", case(3) + "\n" + case(4, subject=""), **{"Content-Type": "application/x-ndjson"})
        ask("POST", "/v1/preview", case())
        ask("POST", "/v1/events", json.dumps({"event": "fault", "subject": "c-1", "product": MARKER, "days": 2}))
        bad = [ask("POST", "/v1/decisions", body) for body in (
            case() + MARKER, MARKER, case().replace("3}", '"' + MARKER + '"}'), case().replace("4711", '"' + MARKER + '"'),
            case().replace('"' + MARKER + 'name"', "[\"" + MARKER + "\"]"), case(at=MARKER))]
        bad += [ask("POST", "/v1/events", json.dumps({"event": "fault", "subject": "c-1", "days": MARKER})),
                ask("POST", "/v1/decisions", case(9), **{"Idempotency-Key": "k-1"}),
                ask("GET", "/v1/decisions", token=caller), ask("DELETE", "/v1/subjects/c-1", token=auditor)]
        for answer in bad:
            self.assertGreaterEqual(answer.status, 400)
        for answer in bad[3:5]:  # of private facts: what was sent is not quoted
            self.assertEqual(answer.status, 422)
            self.assertNotIn(MARKER, answer.body.decode())
        record = first.json()["id"]
        for path in ("/v1/decisions?limit=100", "/v1/decisions/" + record, "/v1/subjects/c-1",
                     "/v1/decisions/" + record + "/proof", "/v1/log/checkpoint"):
            answer = ask("GET", path, token=caller if "subjects" in path else auditor)
            self.assertEqual(answer.status, 200, path)
            self.assertNotIn(MARKER, answer.body.decode(), path)
            self.assertNotIn("4711", answer.body.decode(), path)
        self.assertEqual(ask("GET", "/v1/decisions/" + record, token=auditor).json()["seal"], "sealed")
        page = ask("GET", "/v1/decisions/" + record, token=auditor, Accept="text/html").body.decode()
        for part in ("its proof holds", "what is private in it is sealed", "הערכים החסויים נעולים", "sku-1", '<code dir="ltr">note</code>'):
            self.assertIn(part, page)
        for part in (MARKER, ">4711<", "sealed&quot;"):
            self.assertNotIn(part, page)
        shown = ask("GET", "/v1/decisions/" + record, token=admin).json()
        self.assertEqual(shown["case"]["facts"]["customer.name"], MARKER + "name")
        self.assertEqual(shown["decision"]["answers"]["order.age"]["value"], 4711)
        self.assertIn(MARKER, ask("GET", "/v1/subjects/c-1", token=admin).body.decode())
        self.assertNotIn(MARKER, ask("GET", "/metrics", token=auditor).body.decode())
        server.stop()
        self.assertNotIn(MARKER, server.said())
        self.assertNotIn(MARKER.encode(), self.files())
        self.assertNotIn(b"4711", self.files())
        found = self.verify()
        self.assertTrue(found["holds"])
        self.assertEqual((found["decided_again"], found["not_opened"]), (5, 0))

    def test_an_erased_customer_is_gone_and_every_proof_holds(self):
        server = self.serve()
        first = server.request("POST", "/v1/decisions", case(), {"Idempotency-Key": "k-1"}).json()
        server.request("POST", "/v1/decisions", case(1, subject="c-2"))
        proof = server.request("GET", f"/v1/decisions/{first['id']}/proof").json()
        keys = [bytes(row[0]) for row in sqlite3.connect(self.store).execute("SELECT wrapped FROM subject_keys ORDER BY 1")]
        self.assertTrue(all(key in self.files() for key in keys))
        erased = server.request("DELETE", "/v1/subjects/c-1")
        self.assertEqual(erased.status, 200, erased.body)
        self.assertEqual((erased.json()["records"], erased.json()["events"], erased.json()["cleared"]), (1, 1, True))
        self.assertEqual(sum(key in self.files() for key in keys), 1)
        self.assertEqual(server.request("DELETE", "/v1/subjects/c-1").status, 404)
        record = server.request("GET", "/v1/decisions/" + first["id"])
        self.assertEqual((record.json()["seal"], MARKER in record.body.decode()), ("erased", False))
        page = server.request("GET", f"/v1/decisions/{first['id']}?lang=en", None, {"Accept": "text/html"}).body.decode()
        self.assertIn("what was private in it was erased", page)
        self.assertIn("sku-1", page)
        repeat = server.request("POST", "/v1/decisions", case(), {"Idempotency-Key": "k-1"})
        self.assertEqual((repeat.status, repeat.json()["type"]), (410, "urn:heed:problem:decision-erased"))
        self.assertEqual(server.request("GET", f"/v1/decisions/{first['id']}/proof").json()["record"], proof["record"])
        self.assertEqual(server.request("POST", "/v1/decisions", case(2)).status, 200)  # and may come again
        said = server.request("GET", "/v1/decisions?subject=c-1&order=oldest&kind=erasure").json()["records"]
        self.assertEqual([record["kind"] for record in said], ["erasure"])
        server.stop()
        found = self.verify()
        self.assertTrue(found["holds"], found)
        self.assertEqual((found["sealed_for_good"], found["decided_again"], found["not_opened"]), (1, 2, 0))
        words = heed("log", "verify", self.store).stdout
        self.assertIn("1 record is sealed for good", words)

    def test_commands_open_what_the_master_key_opens(self):
        server = self.serve()
        record = server.request("POST", "/v1/decisions", case()).json()["id"]
        server.stop()
        master = pathlib.Path(str(self.store) + ".master")
        self.assertEqual(master.stat().st_mode & 0o777, 0o600)
        self.assertIn(MARKER + "name", heed("log", "show", self.store, record).stdout)
        self.assertIn(MARKER + "name", heed("log", "list", self.store, "--json").stdout)
        self.assertNotIn(MARKER, heed("log", "export", self.store).stdout)
        export, key = self.folder / "export.jsonl", heed("log", "key", self.store).stdout.strip()
        export.write_text(heed("log", "export", self.store, "--open").stdout)
        self.assertIn(MARKER + "name", export.read_text())
        by_hand = lambda: heed_python("tests/verify_log.py", export, "--key", key)
        self.assertIn("2 of the log's 2 records hold, 1 with what is sealed in them", by_hand().stdout)
        export.write_text(export.read_text().replace('/case/facts/customer.age\\":4711', '/case/facts/customer.age\\":4712'))
        self.assertIn("it does not hold", by_hand().stderr)
        elsewhere = self.folder / "elsewhere"
        master.rename(elsewhere)
        for words in (("show", self.store, record), ("list", self.store, "--json"), ("show", self.store, record, "--json")):
            shown = heed("log", *words)
            self.assertEqual(shown.returncode, 0, shown.stderr)
            self.assertNotIn(MARKER, shown.stdout)
        words = heed("log", "show", self.store, record).stdout
        self.assertIn("… stands for it", words)
        self.assertIn("WHAT TO DO", words)
        self.assertNotIn("{", words)
        self.assertEqual(self.verify()["not_opened"], 1)
        self.assertEqual(self.verify("--master", elsewhere)["not_opened"], 0)
        self.assertEqual(heed("log", "export", self.store, "--open").returncode, 2)
        self.assertIn("master.missing", heed("serve", "--policy", self.policy, "--store", self.store).stderr)
        elsewhere.chmod(0o644)
        self.assertIn("master.exposed", heed("log", "show", self.store, record, "--master", elsewhere).stderr)

    def test_erase_and_retain_by_command(self):
        server = self.serve()
        for number in range(3):
            server.request("POST", "/v1/decisions", case(number))
        alone = server.request("POST", "/v1/decisions", case(4, subject="")).json()["id"]
        erased = heed("log", "erase", self.store, "c-1")  # while the server runs
        self.assertEqual(erased.returncode, 0, erased.stderr)
        self.assertIn("erased: 3 records and 3 events are sealed for good", erased.stdout)
        self.assertEqual(heed("log", "erase", self.store, "c-1").returncode, 1)
        self.assertEqual(heed("log", "erase", self.store).returncode, 2)
        self.assertEqual(heed("log", "erase", self.store, "--record", alone).returncode, 0)
        self.assertEqual(server.request("POST", "/v1/decisions", case(5)).status, 200)
        server.stop()
        found = self.verify()
        self.assertTrue(found["holds"], found)
        self.assertEqual((found["records"], found["sealed_for_good"]), (8, 4))
        self.assertIn("nothing is that old", heed("log", "retain", self.store, "--older-than", "400 days").stdout)
        for age in ("yesterday", "1 day", "-5 days"):
            self.assertEqual(heed("log", "retain", self.store, f"--older-than={age}").returncode, 2, age)
        self.assertEqual(heed("log", "erase", self.folder / "none.sqlite", "c-1").returncode, 2)
        self.assertFalse((self.folder / "none.sqlite").exists())


def heed_python(script, *words):
    return subprocess.run([sys.executable, ROOT / script, *map(str, words)], capture_output=True, text=True, timeout=60)


if __name__ == "__main__":
    main()
