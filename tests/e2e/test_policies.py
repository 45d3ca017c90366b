"""The life of a policy over HTTP: put, tried, compared, activated by another, and the same after a restart."""
import json
import pathlib
import signal
import sqlite3
import tempfile
import threading
import time
import unittest

from support import CASES, POLICY, Server, heed, main

CASE = (CASES / "blamed-he.json").read_text()


def policy(days=7, expects="violated"):
    return f"""policy small
  languages en

fact days is whole number

need psychological order

rule late
  when days >= {days}
  then order is violated

test "late"
  given days is 9
  expect order is {expects}
"""


def files(text, name="policy.heed"):
    return json.dumps({"files": [{"name": name, "text": text}]})


def folder_files(folder):
    names = sorted(file for kind in ("*.heed", "*.csv") for file in folder.rglob(kind))
    return {"files": [{"name": str(file.relative_to(folder)), "text": file.read_text()} for file in names]}


class Policies(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        (self.folder / "policy").mkdir()
        (self.folder / "policy" / "policy.heed").write_text(policy())
        self.store = self.folder / "heed.sqlite"
        self.tokens = {}
        self.server = None

    def tearDown(self):
        if self.server:
            self.server.stop()
        self.temporary.cleanup()

    def serve(self, *words, policy=None):
        if self.tokens:
            words = ("--tokens", str(self.folder / "tokens.json"), *words)
        self.server = Server(self.store, policy, words)
        return self.server

    def serve_store(self, *words):
        return self.serve("--first-policy", str(self.folder / "policy"), *words)

    def add(self, name, role):
        made = heed("token", "add", name, "--role", role, "--tokens", self.folder / "tokens.json")
        self.assertEqual(made.returncode, 0, made.stderr)
        self.tokens[name] = made.stdout.strip()

    def ask(self, method, path, body=None, by=None, **headers):
        if by:
            headers["Authorization"] = "Bearer " + self.tokens[by]
        return self.server.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})

    def put(self, text, by=None):
        answer = self.ask("PUT", "/v1/policies", files(text), by)
        self.assertIn(answer.status, (200, 201), answer.body)
        return answer.json()["revision"]

    def active(self, by=None):
        return self.ask("GET", "/v1/policies/active", None, by)

    def activate(self, revision, by=None, query="", etag=None):
        etag = etag or self.active(by).headers["ETag"]
        return self.ask("POST", f"/v1/policies/{revision}/activate{query}", None, by, If_Match=etag)

    def decide(self, days=5, by=None):
        return self.ask("POST", "/v1/decisions", json.dumps({"facts": {"days": days}}), by).json()

    def holds(self):
        done = heed("log", "verify", self.store, "--json")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return json.loads(done.stdout)

    def test_from_an_edit_to_the_active_policy_with_four_eyes(self):
        for name, role in (("dana", "owner"), ("noa", "owner"), ("boss", "admin"), ("desk", "caller"), ("eye", "auditor")):
            self.add(name, role)
        self.serve_store("--four-eyes")
        first = self.active("dana").json()
        self.assertEqual(first["writers"], [])
        self.assertEqual([each["way"] for each in first["activations"]], ["folder"])
        self.assertEqual(self.decide(5, "desk")["rules"]["fired"], [])

        draft = self.put(policy(3), "dana")
        tried = self.ask("POST", f"/v1/preview?revision={draft}", '{"facts": {"days": 5}}', "dana")
        self.assertEqual(tried.json()["rules"]["fired"], ["late"])
        changed = self.ask("POST", "/v1/policies/compare", json.dumps({"new": draft, "log": {}}), "dana").json()
        self.assertEqual((changed["cases"], changed["changed"]), (1, 1))

        mine = self.activate(draft, "dana")
        self.assertEqual(mine.status, 403)
        self.assertEqual(mine.json()["type"], "urn:heed:problem:policies-four-eyes")
        self.assertIn("another owner", mine.json()["detail"])
        for name in ("desk", "eye"):
            self.assertEqual(self.ask("POST", f"/v1/policies/{draft}/activate", None, name).status, 403)
            self.assertEqual(self.ask("PUT", "/v1/policies", files(policy(2)), name).status, 403)
        self.assertEqual(self.ask("GET", "/v1/policies", None, "eye").status, 200)
        refused = self.ask("GET", "/v1/policies", None, "desk")
        self.assertEqual(refused.status, 403)
        self.assertIn("`owner` or `auditor`", refused.json()["detail"])

        activated = self.activate(draft, "noa")
        self.assertEqual(activated.status, 200, activated.body)
        self.assertEqual(self.decide(5, "desk")["rules"]["fired"], ["late"])
        ids = {each["name"]: each["id"] for each in map(json.loads, heed("token", "list", "--json", "--tokens", self.folder / "tokens.json").stdout.splitlines())}
        record = self.ask("GET", "/v1/decisions/" + activated.json()["id"], None, "eye").json()
        self.assertEqual(record["kind"], "policy")
        self.assertEqual(record["by"], ids["noa"])
        self.assertEqual(record["case"], {"from": first["revision"], "to": draft, "way": "http", "writers": [ids["dana"]],
                                          "tests": {"passed": 1, "failed": 0, "demanded": True}})
        # an admin is no exception
        own = self.put(policy(2), "boss")
        self.assertEqual(self.activate(own, "boss").status, 403)
        self.server.stop()
        self.assertEqual(self.holds()["activations"], 2)

    def test_the_active_policy_outlives_a_restart_and_the_folder_is_read_once(self):
        self.serve_store()
        draft = self.put(policy(3))
        self.assertEqual(self.activate(draft).status, 200)
        self.server.stop()
        self.serve_store()
        self.assertEqual(self.active().json()["revision"], draft)
        self.server.stop()
        self.serve()  # nothing but the store
        self.assertEqual(self.active().json()["revision"], draft)
        self.assertEqual(self.decide()["rules"]["fired"], ["late"])
        self.server.stop()
        self.assertEqual(self.holds()["activations"], 2)

    def test_a_folder_that_decides_is_recorded_and_not_overruled(self):
        self.serve(policy=self.folder / "policy")
        first = self.active().json()["revision"]
        draft = self.put(policy(3))
        refused = self.activate(draft)
        self.assertEqual(refused.status, 409)
        self.assertEqual(refused.json()["type"], "urn:heed:problem:policies-folder-decides")
        (self.folder / "policy" / "policy.heed").write_text(policy(3))
        self.server.process.send_signal(signal.SIGHUP)
        for _ in range(100):
            if self.active().json()["revision"] == draft:
                break
            time.sleep(0.05)
        shown = self.active().json()
        self.assertEqual(shown["revision"], draft)
        self.assertEqual([(each["from"], each["way"], each["by"]) for each in shown["activations"]], [(first, "folder", "")])
        self.server.stop()
        self.serve(policy=self.folder / "policy")  # the same one: nothing to record
        self.server.stop()
        self.assertEqual(self.holds()["activations"], 2)

    def test_what_contradicts_itself_is_refused_at_the_start(self):
        self.add("dana", "owner")
        tokens, folder = self.folder / "tokens.json", self.folder / "policy"
        for words, code, told in (
                (["--four-eyes"], "serve.four-eyes", "--tokens"),
                (["--four-eyes", "--tokens", tokens, "--policy", folder], "serve.four-eyes", "--policy"),
                (["--policy", folder, "--first-policy", folder], "serve.two-policies", "exclude"),
                ([], "policies.none-active", "--first-policy"),
                (["--first-policy", self.folder / "nowhere"], "policy.unreadable", "nowhere")):
            done = heed("serve", "--store", self.store, "--listen", "127.0.0.1:0", *words)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn(code, done.stderr)
            self.assertIn(told, done.stderr)

    def test_a_server_that_cannot_listen_activates_nothing(self):
        self.serve(policy=self.folder / "policy")
        other = self.folder / "other"
        other.mkdir()
        (other / "policy.heed").write_text(policy(1))
        done = heed("serve", "--policy", other, "--store", self.store, "--listen", f"127.0.0.1:{self.server.port}")
        self.assertEqual(done.returncode, 2, done.stderr)
        self.server.stop()
        self.assertEqual(self.holds()["activations"], 1)

    def test_a_whole_folder_has_the_revision_that_it_has_on_disk(self):
        self.serve(policy=POLICY)
        answer = self.ask("PUT", "/v1/policies", json.dumps(folder_files(POLICY)))
        self.assertEqual(answer.status, 200, answer.body)
        self.assertEqual(answer.json()["revision"], self.active().json()["revision"])
        shown = self.active().json()
        self.assertEqual(sorted(shown["files"], key=lambda file: file["name"]), sorted(folder_files(POLICY)["files"], key=lambda file: file["name"]))

    def test_decisions_under_way_keep_their_policy_and_the_log_holds(self):
        self.serve_store()
        revisions = [self.active().json()["revision"]] + [self.put(policy(days)) for days in (1, 2, 3)]
        wrong, stop = [], threading.Event()

        def decide():
            while not stop.is_set():
                if self.decide()["policy"]["revision"] not in revisions:
                    wrong.append("a revision that nobody put")
        threads = [threading.Thread(target=decide) for _ in range(3)]
        for thread in threads:
            thread.start()
        for turn in range(12):
            self.assertEqual(self.activate(revisions[(turn + 1) % 4]).status, 200)
        stop.set()
        for thread in threads:
            thread.join()
        self.assertEqual(wrong, [])
        self.server.stop()
        self.assertEqual(self.holds()["activations"], 13)

    def test_a_server_that_is_killed_comes_back_with_what_it_answered(self):
        self.serve_store()
        revisions = [self.put(policy(days)) for days in range(1, 5)]
        for turn in range(8):
            answered, asked = self.active().json()["revision"], revisions[turn % 4]
            done = threading.Event()

            def activate():
                try:
                    if self.activate(asked, etag=f'"{answered}"').status == 200:
                        done.set()
                except OSError:
                    pass
            thread = threading.Thread(target=activate)
            thread.start()
            time.sleep(0.004 * turn)
            self.server.stop(signal.SIGKILL)
            thread.join()
            self.serve()
            active = self.active().json()["revision"]
            self.assertIn(active, (asked,) if done.is_set() else (answered, asked))
            self.assertEqual(self.decide()["policy"]["revision"], active)
        self.server.stop()
        self.holds()

    def test_two_servers_on_one_store_follow_one_another(self):
        self.serve_store()
        other = Server(self.store, None)
        try:
            draft = self.put(policy(3))
            self.assertEqual(self.activate(draft).status, 200)
            for _ in range(100):
                if json.loads(other.request("GET", "/readyz").body)["revision"] == draft:
                    break
                time.sleep(0.1)
            self.assertEqual(json.loads(other.request("GET", "/readyz").body)["revision"], draft)
        finally:
            other.stop()
        self.server.stop()
        self.holds()

    def test_a_chain_of_activations_that_was_changed_is_found(self):
        self.serve_store()
        self.activate(self.put(policy(3)))
        self.decide()
        self.server.stop()
        database = sqlite3.connect(self.store)
        database.execute("UPDATE records SET \"case\" = replace(\"case\", '\"demanded\":true', '\"demanded\":false') WHERE kind = 'policy'")
        database.commit()
        database.close()
        done = heed("log", "verify", self.store)
        self.assertEqual(done.returncode, 1)
        self.assertIn("record 2", done.stdout)

    def test_bad_input_is_told(self):
        self.serve_store()
        active = self.active().json()["revision"]
        for body in ("", "{", "{}", '{"files": []}', '{"files": [{"name": "a.heed"}]}', "[]"):
            self.assertEqual(self.ask("PUT", "/v1/policies", body).status, 400, body)
        named = self.ask("PUT", "/v1/policies", files(policy(), "../policy.heed"))
        self.assertEqual((named.status, named.json()["type"]), (422, "urn:heed:problem:policies-file-name"))
        mistaken = self.ask("PUT", "/v1/policies", files("policy a\nrule b\n"))
        self.assertEqual(mistaken.status, 422)
        checked = self.ask("POST", "/v1/policies/check", files("policy a\nrule b\n")).json()
        self.assertEqual({name: mistaken.json()[name] for name in checked}, checked)
        failing = self.put(policy(3, "met"))
        refused = self.activate(failing)
        self.assertEqual((refused.status, refused.json()["type"]), (422, "urn:heed:problem:policies-tests-failed"))
        self.assertEqual((refused.json()["failures"][0]["test"], refused.json()["failures"][0]["line"]), ("late", 12))
        self.assertEqual(self.ask("POST", f"/v1/policies/{failing}/activate").status, 428)
        self.assertEqual(self.ask("GET", "/v1/policies/0").status, 404)
        self.assertEqual(self.activate("0").status, 404)
        self.assertEqual(self.ask("POST", "/v1/preview?revision=0", "{}").status, 404)
        self.assertEqual(self.ask("DELETE", "/v1/policies").status, 405)
        self.assertEqual(self.active().json()["revision"], active)
        too_large = self.ask("PUT", "/v1/policies", "x" * (17 << 20), Content_Type="text/plain")
        self.assertEqual(too_large.status, 413)


if __name__ == "__main__":
    main()
