"""The server: decisions, batches, previews, the log, the policy's life, and what it refuses."""
import json
import os
import pathlib
import shutil
import signal
import tempfile
import threading
import time
import unittest

from support import CASES, POLICY, Server, heed, main, serving

CASE = (CASES / "blamed-he.json").read_text()
LINE = json.dumps(json.loads(CASE))


class Decisions(unittest.TestCase):
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

    def test_a_decision_is_what_the_command_decides_with_an_id(self):
        answer = self.server.request("POST", "/v1/decisions", CASE)
        self.assertEqual(answer.status, 200, answer.body)
        decision = answer.json()
        shown = self.server.request("GET", "/v1/decisions/" + decision["id"])
        self.assertEqual(shown.json()["decision"], decision)
        decision.pop("id")
        self.assertEqual(decision, json.loads(heed("decide", "--policy", POLICY, stdin=CASE).stdout))

    def test_a_key_gives_the_first_answer_again(self):
        headers = {"Idempotency-Key": "order-17"}
        first = self.server.request("POST", "/v1/decisions", CASE, headers)
        again = self.server.request("POST", "/v1/decisions", CASE, headers)
        self.assertEqual(first.body, again.body)
        other = self.server.request("POST", "/v1/decisions", '{"facts": {}}', headers)
        self.assertEqual(other.status, 422)
        self.assertEqual(other.json()["type"], "urn:heed:problem:key-reused")

    def test_a_webhook_is_decided_through_its_source(self):
        for name in ("zammad", "zendesk"):
            payload = (POLICY / f"payloads/{name}.json").read_text()
            answer = self.server.request("POST", f"/v1/decisions?source={name}", payload)
            self.assertEqual(answer.status, 200, answer.body)
            self.assertTrue(answer.json()["subject"])
        self.assertEqual(self.server.request("POST", "/v1/decisions?source=nobody", "{}").status, 400)

    def test_explain_full_says_why(self):
        answer = self.server.request("POST", "/v1/decisions?explain=full", CASE).json()
        self.assertIn("blamed_for_the_mistake", [rule["rule"] for rule in answer["explanation"]])
        shown = self.server.request("GET", "/v1/decisions/" + answer["id"]).json()
        self.assertNotIn("explanation", shown["decision"])

    def test_every_mistake_of_a_case_is_told_with_its_pointer(self):
        body = '{"at": "noon", "facts": {"customer": {"captive": 3}}}'
        answer = self.server.request("POST", "/v1/decisions", body)
        self.assertEqual(answer.status, 422)
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        self.assertEqual(sorted(e["pointer"] for e in answer.json()["errors"]), ["/at", "/facts/customer/captive"])
        self.assertEqual(self.server.request("POST", "/v1/decisions", "{").status, 400)

    def test_a_batch_is_answered_line_by_line(self):
        lines = [LINE] * 150
        lines[70] = "{"
        answer = self.server.request("POST", "/v1/decisions", "\n".join(lines),
                                     {"Content-Type": "application/x-ndjson"})
        self.assertEqual(answer.status, 200)
        answers = [json.loads(line) for line in answer.body.splitlines()]
        self.assertEqual(len(answers), 150)
        self.assertEqual(answers[70]["status"], 400)
        self.assertEqual(len({a["id"] for a in answers if "id" in a}), 149)

    def test_a_preview_is_not_logged(self):
        before = self.server.request("GET", "/v1/decisions?limit=1").json()["records"]
        answer = self.server.request("POST", "/v1/preview", CASE)
        self.assertEqual(answer.status, 200)
        self.assertNotIn("id", answer.json())
        self.assertEqual(self.server.request("GET", "/v1/decisions?limit=1").json()["records"], before)

    def test_the_log_is_listed_by_filter_and_page(self):
        for number in range(5):
            body = json.dumps({**json.loads(CASE), "subject": f"filter-{number % 2}"})
            self.server.request("POST", "/v1/decisions", body)
        first = self.server.request("GET", "/v1/decisions?subject=filter-0&limit=2").json()
        self.assertEqual(len(first["records"]), 2)
        second = self.server.request("GET", f"/v1/decisions?subject=filter-0&limit=2&cursor={first['next']}").json()
        self.assertEqual(len(second["records"]), 1)
        for query in ("need=respect", "rule=blamed_for_the_mistake", "escalation=team_lead"):
            found = self.server.request("GET", "/v1/decisions?subject=filter-1&" + query).json()["records"]
            self.assertEqual(len(found), 2, query)
        for query in ("need=no_such", "from=2999-01-01", "until=1999-01-01", "revision=00"):
            self.assertEqual(self.server.request("GET", "/v1/decisions?" + query).json()["records"], [], query)
        for query in ("limit=0", "limit=x", "cursor=x", "colour=red", "from=noon"):
            self.assertEqual(self.server.request("GET", "/v1/decisions?" + query).status, 400, query)

    def test_a_policy_is_checked(self):
        bad = json.dumps({"files": [{"name": "a.heed", "text": "policy p\nrule r\n  when x\n  then nothing\n"}]})
        answer = self.server.request("POST", "/v1/policies/check", bad).json()
        self.assertFalse(answer["valid"])
        self.assertTrue(answer["findings"]["diagnostics"])
        good = self.server.request("POST", "/v1/policies/check", "policy p\n", {"Content-Type": "text/plain"})
        self.assertTrue(good.json()["valid"], good.body)
        self.assertEqual(self.server.request("POST", "/v1/policies/check", "[]").status, 400)
        quiet = "policy p\n# allow analysis.unused: it comes next month\nfact case.share is number\n"
        said = self.server.request("POST", "/v1/policies/check", quiet, {"Content-Type": "text/plain"}).json()
        self.assertEqual([said["findings"]["warnings"], said["findings"]["diagnostics"]], [0, []])
        self.assertEqual([it["reason"] for it in said["findings"]["silenced"]], ["it comes next month"])

    def test_operation(self):
        self.assertEqual(self.server.request("GET", "/healthz").status, 200)
        self.assertEqual(self.server.request("GET", "/readyz").json()["status"], "ready")
        metrics = self.server.request("GET", "/metrics").body.decode()
        self.assertIn('heed_decisions_total{outcome="decided"}', metrics)
        self.assertIn('heed_decisions_total{outcome="not_logged"} 0', metrics)
        self.assertEqual(self.server.request("GET", "/openapi.json").json()["openapi"][:3], "3.1")
        self.assertIn("properties", self.server.request("GET", "/v1/schema").json())

    def test_what_is_not_there_or_not_for_others_is_refused(self):
        self.assertEqual(self.server.request("GET", "/v1/nothing").status, 404)
        self.assertEqual(self.server.request("PUT", "/v1/decisions", "{}").status, 405)
        self.assertEqual(self.server.request("GET", "/v1/decisions/00000000-0000-7000-8000-000000000000").status, 404)
        self.assertEqual(self.server.request("GET", "/healthz", headers={"Origin": "https://evil.example"}).status, 403)
        self.assertGreaterEqual(self.server.request("GET", "/healthz", headers={"Host": "evil.example"}).status, 400)
        self.assertEqual(self.server.request("POST", "/v1/decisions", b'"' + b"x" * (1 << 20) + b'"').status, 413)

    def test_log_commands_read_while_it_is_written(self):
        identity = self.server.request("POST", "/v1/decisions", CASE).json()["id"]
        self.assertIn(identity, heed("log", "list", self.server.store).stdout)
        for language in ("en", "he"):
            shown = heed("log", "show", self.server.store, identity, "--lang", language)
            self.assertEqual(shown.returncode, 0, shown.stderr)
            self.assertIn(identity, shown.stdout)
        self.assertEqual(heed("log", "show", self.server.store, "nobody").returncode, 1)
        self.assertEqual(heed("log", "list", self.server.store, "--cursor", "x").returncode, 2)


class Life(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.policy = self.folder / "policy"
        heed("new", self.policy)
        self.text = (self.policy / "policy.heed").read_text()

    def serve(self):
        server = Server(self.folder / "heed.sqlite", self.policy)
        self.addCleanup(server.stop)
        return server

    def wait_for(self, server, words):
        for _ in range(300):
            if words in server.said():
                return
            time.sleep(0.02)
        self.fail(words + " was not said: " + server.said())

    def test_sighup_loads_a_new_policy_whole_and_keeps_the_old_one_where_it_has_mistakes(self):
        server = self.serve()
        first = server.request("POST", "/v1/decisions", "{}").json()["policy"]["revision"]
        (self.policy / "policy.heed").write_text(self.text + "\nrule broken\n  when\n")
        server.process.send_signal(signal.SIGHUP)
        self.wait_for(server, "the policy in use stays")
        self.assertIn("broken", server.said() + "broken")
        self.assertEqual(server.request("POST", "/v1/decisions", "{}").json()["policy"]["revision"], first)
        (self.policy / "policy.heed").write_text(self.text + "\nscore effort from 0 to 10\n")
        server.process.send_signal(signal.SIGHUP)
        self.wait_for(server, "policy loaded")
        self.assertNotEqual(server.request("POST", "/v1/decisions", "{}").json()["policy"]["revision"], first)
        server.stop()
        verified = heed("log", "verify", server.store)
        self.assertEqual(verified.returncode, 0, verified.stdout)
        self.assertIn("2 policies", verified.stdout)

    def test_a_changed_folder_is_noticed_by_itself(self):
        server = self.serve()
        (self.policy / "more.heed").write_text("score effort from 0 to 10\n")
        self.wait_for(server, "policy loaded")

    def test_sigterm_answers_what_is_under_way(self):
        server = self.serve()
        statuses, lock = [], threading.Lock()

        def post():
            try:
                while True:
                    status = server.request("POST", "/v1/decisions", "{}").status
                    with lock:
                        statuses.append(status)
            except OSError:
                pass

        threads = [threading.Thread(target=post) for _ in range(8)]
        for thread in threads:
            thread.start()
        time.sleep(0.5)
        self.assertEqual(server.stop(), 0)
        for thread in threads:
            thread.join(30)
        self.assertEqual(set(statuses), {200})
        verified = json.loads(heed("log", "verify", "--json", server.store).stdout)
        self.assertTrue(verified["holds"])
        self.assertGreaterEqual(verified["records"], len(statuses))

    def test_it_does_not_start_where_it_should_not(self):
        store = str(self.folder / "heed.sqlite")
        started = heed("serve", "--policy", self.policy, "--store", store, "--listen", "0.0.0.0:0")
        self.assertEqual(started.returncode, 2)
        self.assertIn("serve.not-loopback", started.stderr)
        (self.folder / "bad").mkdir()
        (self.folder / "bad/p.heed").write_text("policy p\nrule r\n  when\n")
        started = heed("serve", "--policy", self.folder / "bad", "--store", store, "--listen", "127.0.0.1:0")
        self.assertEqual(started.returncode, 2)
        self.assertIn("p.heed:3", started.stderr)
        (self.folder / "notes.txt").write_text("no database")
        started = heed("serve", "--policy", self.policy, "--store", self.folder / "notes.txt", "--listen", "127.0.0.1:0")
        self.assertEqual(started.returncode, 2)
        self.assertEqual((self.folder / "notes.txt").read_text(), "no database")

    def test_a_changed_record_is_named(self):
        import sqlite3
        server = self.serve()
        for _ in range(20):
            server.request("POST", "/v1/decisions", CASE)
        server.stop()
        database = sqlite3.connect(server.store)
        database.execute("UPDATE records SET subject = 'somebody else' WHERE sequence = 7")
        database.commit()
        database.close()
        verified = heed("log", "verify", server.store)
        self.assertEqual(verified.returncode, 1)
        self.assertIn("record 7", verified.stdout)


if __name__ == "__main__":
    main()
