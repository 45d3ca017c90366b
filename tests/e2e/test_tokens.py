"""Tokens: who may ask the server what, and that a token taken back counts no more."""
import json
import os
import pathlib
import tempfile
import time
import unittest

from support import CASES, POLICY, Server, heed, main

CASE = (CASES / "blamed-he.json").read_text()


def bearer(token):
    return {"Authorization": "Bearer " + token}


class Tokens(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.file = pathlib.Path(self.folder.name) / "tokens.json"
        self.server = None

    def tearDown(self):
        if self.server:
            self.server.stop()
        self.folder.cleanup()

    def add(self, name, *roles, expires=None):
        words = [word for role in roles for word in ("--role", role)]
        made = heed("token", "add", name, "--tokens", self.file, *words, *(["--expires", expires] if expires else []))
        self.assertEqual(made.returncode, 0, made.stderr)
        return made.stdout.strip()

    def listed(self):
        lines = heed("token", "list", "--tokens", self.file, "--json").stdout.splitlines()
        return {token["name"]: token for token in map(json.loads, lines)}

    def serve(self):
        self.server = Server(pathlib.Path(self.folder.name) / "heed.sqlite", words=["--tokens", str(self.file)])
        return self.server

    def test_each_role_may_do_its_own(self):
        tokens = {role: self.add(role, role) for role in ("caller", "owner", "auditor", "admin")}
        server = self.serve()
        first = server.request("POST", "/v1/decisions", CASE, bearer(tokens["caller"])).json()["id"]
        rights = [
            ("POST", "/v1/decisions", CASE, {"caller"}),
            ("POST", "/v1/preview", CASE, {"caller", "owner", "auditor"}),
            ("GET", "/v1/decisions", None, {"auditor"}),
            ("GET", "/v1/decisions/" + first, None, {"auditor"}),
            ("GET", "/v1/subjects/c-1", None, {"caller"}),
            ("POST", "/v1/policies/check", '{"files": [{"name": "a.heed", "text": "policy a\\n"}]}', {"owner"}),
            ("GET", "/v1/policies", None, {"owner", "auditor"}),
            ("GET", "/v1/policies/active", None, {"owner", "auditor"}),
            ("POST", "/v1/policies/compare", '{"new": "active", "cases": []}', {"owner", "auditor"}),
            ("GET", "/v1/schema", None, {"caller", "owner", "auditor"}),
            ("GET", "/metrics", None, {"caller", "owner", "auditor"}),
        ]
        for method, path, body, roles in rights:
            for role, token in tokens.items():
                answer = server.request(method, path, body, bearer(token))
                if role == "admin" or role in roles:
                    self.assertEqual(answer.status, 200, (role, path, answer.body))
                else:
                    self.assertEqual(answer.status, 403, (role, path, answer.body))
                    self.assertEqual(answer.json()["type"], "urn:heed:problem:not-allowed")
                    self.assertIn(next(iter(roles)) if len(roles) == 1 else "role", answer.json()["detail"])

    def test_without_a_token_only_the_health_is_told(self):
        self.add("crm", "caller")
        server = self.serve()
        for path in ("/healthz", "/readyz", "/openapi.json"):
            self.assertEqual(server.request("GET", path).status, 200)
        answer = server.request("POST", "/v1/decisions", CASE)
        self.assertEqual(answer.status, 401)
        self.assertEqual(answer.headers["WWW-Authenticate"], 'Bearer realm="heed"')
        self.assertEqual(answer.json()["type"], "urn:heed:problem:no-token")
        self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        wrong = server.request("POST", "/v1/decisions", CASE, bearer("heed_" + "0" * 12 + "_" + "A" * 43))
        self.assertEqual(wrong.status, 401)
        self.assertEqual(wrong.json()["type"], "urn:heed:problem:unknown-token")
        self.assertIn("invalid_token", wrong.headers["WWW-Authenticate"])

    def test_a_stranger_cannot_send_a_large_batch(self):
        self.add("crm", "caller")
        server = self.serve()
        answer = server.request("POST", "/v1/decisions", "x" * (2 << 20), {"Content-Type": "application/x-ndjson"})
        self.assertEqual(answer.status, 401)

    def test_a_revoked_token_counts_no_more_and_a_new_one_does(self):
        crm = self.add("crm", "caller")
        server = self.serve()
        self.assertEqual(server.request("POST", "/v1/decisions", CASE, bearer(crm)).status, 200)
        desk = self.add("desk", "caller")
        revoked = heed("token", "revoke", self.listed()["crm"]["id"], "--tokens", self.file)
        self.assertEqual(revoked.returncode, 0, revoked.stderr)
        for _ in range(100):
            if server.request("POST", "/v1/decisions", CASE, bearer(desk)).status == 200:
                break
            time.sleep(0.1)
        self.assertEqual(server.request("POST", "/v1/decisions", CASE, bearer(desk)).status, 200)
        self.assertEqual(server.request("POST", "/v1/decisions", CASE, bearer(crm)).status, 401)

    def test_who_asked_stands_in_every_record(self):
        crm, desk, auditor = (self.add(name, role) for name, role in
                              (("crm", "caller"), ("desk", "caller"), ("auditor", "auditor")))
        server = self.serve()
        for token in (crm, desk):
            server.request("POST", "/v1/decisions", CASE, bearer(token))
        lines = server.request("POST", "/v1/decisions", json.dumps(json.loads(CASE)),
                               {**bearer(desk), "Content-Type": "application/x-ndjson"})
        self.assertEqual(lines.status, 200)
        ids = {name: token["id"] for name, token in self.listed().items()}
        records = server.request("GET", "/v1/decisions?order=oldest", None, bearer(auditor)).json()["records"]
        self.assertEqual([record["by"] for record in records], [ids["crm"], ids["desk"], ids["desk"]])
        verified = heed("log", "verify", pathlib.Path(self.folder.name) / "heed.sqlite")
        self.assertIn("the log holds: 4 records", verified.stdout)

    def test_one_key_of_two_clients_stands_for_a_decision_of_each(self):
        tokens = [self.add(name, "caller") for name in ("crm", "desk")]
        server = self.serve()
        key = {"Idempotency-Key": "ticket-81"}
        event = '{"subject": "c-1", "event": "broken_promise"}'
        for path, body in (("/v1/decisions", CASE), ("/v1/events", event)):
            first = [server.request("POST", path, body, {**bearer(token), **key}).json()["id"] for token in tokens]
            again = [server.request("POST", path, body, {**bearer(token), **key}) for token in tokens]
            self.assertEqual([answer.json()["id"] for answer in again], first)
            self.assertEqual({answer.headers["Idempotency-Replayed"] for answer in again}, {"true"})
            self.assertEqual(len(set(first)), 2)
        reused = server.request("POST", "/v1/decisions", "{}", {**bearer(tokens[0]), **key})
        self.assertEqual(reused.status, 422)
        self.assertIn("`ticket-81`", reused.json()["detail"])
        server.stop()
        verified = heed("log", "verify", pathlib.Path(self.folder.name) / "heed.sqlite")
        self.assertEqual(verified.returncode, 0, verified.stdout)

    def test_no_secret_stands_in_the_file_the_list_or_the_log(self):
        crm = self.add("crm", "caller", expires="90 days")
        server = self.serve()
        server.request("POST", "/v1/decisions", CASE, bearer(crm))
        server.request("POST", "/v1/policies/check", "{}", bearer(crm))
        server.stop()
        secret = crm.rsplit("_", 1)[1] if crm.count("_") == 2 else crm[18:]
        told = self.file.read_text() + server.said() + heed("token", "list", "--tokens", self.file).stdout
        self.assertNotIn(secret, told)
        self.assertNotIn(secret.encode(), server.store.read_bytes())
        self.assertEqual(os.stat(self.file).st_mode & 0o777, 0o600)
        self.assertIsNotNone(self.listed()["crm"]["expires"])

    def test_bad_input_changes_nothing(self):
        self.add("crm", "caller")
        before = self.file.read_text()
        cases = [
            (["token", "add", "x", "--tokens", self.file, "--role", "boss"], "boss"),
            (["token", "add", "x", "--tokens", self.file], "--role"),
            (["token", "add", "x", "--tokens", self.file, "--role", "caller", "--expires", "soon"], "usage.expires"),
            (["token", "add", "x", "--tokens", self.file, "--role", "caller", "--expires", "2020-01-01"], "is over"),
            (["token", "revoke", "000000000000", "--tokens", self.file], "tokens.unknown"),
            (["token", "list", "--tokens", "/nowhere/tokens.json"], "tokens.unreadable"),
            (["token", "add", "x", "--tokens", "/nowhere/tokens.json", "--role", "caller"], "tokens.unwritable"),
        ]
        for words, told in cases:
            done = heed(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn(told, done.stderr, words)
            self.assertEqual(done.stdout, "")
        self.assertEqual(self.file.read_text(), before)
        os.chmod(self.file, 0o644)
        for words in (["token", "list", "--tokens", self.file],
                      ["serve", "--policy", POLICY, "--store", self.file.parent / "s", "--listen", "127.0.0.1:0",
                       "--tokens", self.file]):
            done = heed(*words)
            self.assertEqual(done.returncode, 2)
            self.assertIn("tokens.open-to-others", done.stderr)
            self.assertIn("chmod 600", done.stderr)


if __name__ == "__main__":
    main()
