"""What is refused, and what the refusal says: policies that are none, queries, keys, media types, paths, times."""
import http.client
import json
import pathlib
import subprocess
import tempfile
import unittest

from support import CASES, HEED, POLICY, Server, heed, main, serving

SMALL = """policy small "Small"
  languages en
  zone "Asia/Jerusalem"

fact days is whole number
fact case.note is private text

need psychological order
action call_back

rule late
  when days >= 7
  then order is violated
       do call_back within 2 hours
"""
LATE = '{"subject": "c-1", "facts": {"days": 9}}'
NDJSON = {"Content-Type": "application/x-ndjson"}


class Scratch(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.folder = pathlib.Path(self.temporary.name)
        self.addCleanup(self.temporary.cleanup)
        self.policy = self.folder / "policy"
        self.policy.mkdir()
        (self.policy / "policy.heed").write_text(SMALL)
        self.store = self.folder / "heed.sqlite"

    def serve(self, *words, policy=None):
        server = Server(self.store, policy or self.policy, words)
        self.addCleanup(server.stop)
        return server

    def refused(self, answer, status, kind):
        self.assertEqual((answer.status, answer.json()["type"]), (status, "urn:heed:problem:" + kind), answer.body)
        return answer.json()["detail"]

    def files(self):
        return sorted(file.name for file in self.folder.iterdir())


class NoPolicy(Scratch):
    def test_an_empty_file_is_no_policy_for_any_command(self):
        empty = self.folder / "empty.heed"
        empty.write_text("")
        for command in (["check", empty], ["test", empty], ["decide", "--policy", empty, CASES / "blamed-he.json"]):
            done = heed(*command)
            self.assertIn("empty.heed:1:1: error[check.no-policy]", done.stdout + done.stderr, command)
            self.assertIn("help: write it once", done.stdout + done.stderr)
            self.assertNotEqual(done.returncode, 0, command)

    def test_files_without_the_policy_line_are_none_and_with_it_one_may_be_empty(self):
        (self.policy / "later.heed").write_text("# nothing yet\n")
        self.assertEqual(heed("check", self.policy).returncode, 0)
        (self.policy / "policy.heed").write_text("fact days is whole number\n")
        self.assertIn("check.no-policy", heed("check", self.policy).stdout)

    def test_a_server_keeps_its_policy_where_the_file_was_emptied(self):
        server = self.serve()
        for text, code in (("", "check.no-policy"), ('policy small "Small"\n', "policy.empty")):
            (self.policy / "policy.heed").write_text(text)
            server.wait_for(code)
            self.assertIn("policy_kept", server.said())
            decided = server.request("POST", "/v1/decisions", LATE).json()
            self.assertEqual(decided["rules"]["fired"], ["late"])

    def test_a_server_does_not_start_with_none(self):
        for text, code in (("", "check.no-policy"), ('policy small "Small"\n', "policy.empty")):
            (self.policy / "policy.heed").write_text(text)
            for option in ("--policy", "--first-policy"):
                done = heed("serve", "--store", self.store, "--listen", "127.0.0.1:0", option, self.policy)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(code, done.stderr)
                self.assertEqual(self.files(), ["policy"])

    def test_none_is_put_checked_or_compared(self):
        server = self.serve()

        def files(text):
            return {"files": [{"name": "p.heed", "text": text}]}

        put = server.request("PUT", "/v1/policies", json.dumps(files("")))
        self.refused(put, 422, "policies-mistakes")
        self.assertIn("check.no-policy", put.body.decode())
        self.refused(server.request("PUT", "/v1/policies", json.dumps(files("policy p\n"))), 422, "policies-no-rules")
        checked = server.request("POST", "/v1/policies/check", json.dumps(files(""))).json()
        self.assertEqual(checked["valid"], False)
        compared = server.request("POST", "/v1/policies/compare",
                                  json.dumps({"new": files("policy p\n"), "cases": [{"facts": {}}]}))
        self.refused(compared, 422, "policy-empty")


class Batches(Scratch):
    def test_the_same_batch_twice_makes_each_record_once_and_answers_the_same_bytes(self):
        server = self.serve()
        batch = "\n".join([LATE, "", '{"facts": {"days": "x"}}', LATE, '{"facts": {"days": 1}}']) + "\n"
        headers = {**NDJSON, "Idempotency-Key": "night"}
        first = server.request("POST", "/v1/decisions", batch, headers)
        again = server.request("POST", "/v1/decisions", batch, headers)
        self.assertEqual((first.status, first.body), (200, again.body))
        answers = [json.loads(line) for line in first.body.splitlines()]
        self.assertEqual([("id" in answer) for answer in answers], [True, False, True, True])
        listed = server.request("GET", "/v1/decisions").json()["records"]
        self.assertEqual(sorted(record["id"] for record in listed),
                         sorted(answer["id"] for answer in answers if "id" in answer))
        metrics = server.request("GET", "/metrics").body.decode()
        self.assertIn('heed_decisions_total{outcome="repeated"} 3', metrics)
        other = server.request("POST", "/v1/decisions", batch.replace("9", "8"), headers)
        kinds = [json.loads(line).get("type") for line in other.body.splitlines()]
        self.assertEqual(kinds, ["urn:heed:problem:key-reused", "urn:heed:problem:case", "urn:heed:problem:key-reused",
                                 None])

    def test_the_query_holds_for_each_line(self):
        payload = json.dumps(json.loads((POLICY / "payloads/zammad.json").read_text()))
        with serving() as server:
            alone = server.request("POST", "/v1/decisions?source=zammad", payload).json()
            lines = server.request("POST", "/v1/decisions?source=zammad&explain=full", payload + "\n" + payload, NDJSON)
            for line in map(json.loads, lines.body.splitlines()):
                self.assertEqual(line["subject"], alone["subject"])
                self.assertEqual(line["rules"], alone["rules"])
                self.assertIn("explanation", line)
            self.refused(server.request("POST", "/v1/decisions?source=zamad", payload, NDJSON), 400, "unknown-source")


class Queries(Scratch):
    def test_what_is_not_understood_is_refused(self):
        server = self.serve()
        for method, path, body, headers in (
                ("POST", "/v1/decisions?bogus=1", LATE, {}), ("POST", "/v1/decisions?bogus=1", LATE, NDJSON),
                ("POST", "/v1/decisions?explain=some", LATE, NDJSON),
                ("POST", "/v1/decisions?explain=full&explain=none", LATE, {}),
                ("POST", "/v1/preview?revision=active&revision=active", LATE, {}),
                ("POST", "/v1/events?bogus=1", "{}", {}), ("POST", "/v1/events?bogus=1", "{}", NDJSON),
                ("GET", "/v1/schema?x=1", None, {}), ("POST", "/v1/policies/check?x=1", SMALL, {}),
                ("GET", "/v1/decisions?need=order&need_state=bad", None, {}),
                ("GET", "/v1/decisions?limit=5&limit=6", None, {}), ("GET", "/v1/policies?limit=5&limit=6", None, {}),
                ("GET", "/v1/subjects/c-1?limit=5&limit=6", None, {})):
            with self.subTest(path=path, headers=headers):
                self.refused(server.request(method, path, body, headers), 400, "bad-query")
        self.assertEqual(server.request("GET", "/v1/decisions").json()["records"], [])

    def test_paths_with_a_meaning_of_their_own_are_no_revisions(self):
        server = self.serve()
        for path in ("/v1/policies/check", "/v1/policies/compare"):
            answer = server.request("GET", path)
            self.refused(answer, 405, "method-not-allowed")
            self.assertEqual(answer.headers["Allow"], "POST, OPTIONS")
        self.assertEqual(server.request("GET", "/v1/policies/active").status, 200)


class Keys(Scratch):
    def test_a_key_that_is_none_says_what_a_key_may_be(self):
        server = self.serve()
        for kind in ("application/json", "application/x-ndjson"):
            for path in ("/v1/decisions", "/v1/events"):
                for key in ("", "k" * 1001):
                    answer = server.request("POST", path, LATE, {"Content-Type": kind, "Idempotency-Key": key})
                    self.assertIn("1 to 1000 bytes", self.refused(answer, 400, "bad-key"))
        longest = {"Idempotency-Key": "k" * 1000}
        self.assertEqual(server.request("POST", "/v1/decisions", LATE, longest).status, 200)
        self.assertIn(b'"id"', server.request("POST", "/v1/decisions", LATE + "\n" + LATE, {**NDJSON, **longest}).body)

    def test_two_keys_are_refused(self):
        server = self.serve()
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.putrequest("POST", "/v1/decisions")
        for name, value in (("Idempotency-Key", "a"), ("Idempotency-Key", "b"), ("Content-Length", str(len(LATE)))):
            connection.putheader(name, value)
        connection.endheaders(LATE.encode())
        answer = connection.getresponse()
        self.assertEqual((answer.status, json.loads(answer.read())["type"]), (400, "urn:heed:problem:bad-key"))
        connection.close()


class MediaTypes(Scratch):
    def test_what_is_clearly_something_else_is_415(self):
        server = self.serve()
        event = '{"event": "none"}'
        for path, body in (("/v1/decisions", LATE), ("/v1/preview", LATE), ("/v1/events", event)):
            for kind in ("application/xml", "text/html", "multipart/form-data; boundary=x", "image/png"):
                answer = server.request("POST", path, body, {"Content-Type": kind})
                self.refused(answer, 415, "unsupported-media-type")
            for kind in ("application/json; charset=utf-8", "text/plain", "application/x-www-form-urlencoded",
                         "application/vnd.crm+json", ""):
                answer = server.request("POST", path, body, {"Content-Type": kind})
                self.assertNotEqual(answer.status, 415, (path, kind))
            coded = server.request("POST", path, body, {"Content-Encoding": "gzip"})
            self.assertIn("gzip", self.refused(coded, 415, "unsupported-media-type"))
            self.assertEqual(coded.headers["Accept-Encoding"], "identity")
            self.assertNotEqual(server.request("POST", path, body, {"Content-Encoding": "identity"}).status, 415)
        self.refused(server.request("POST", "/v1/preview", LATE, NDJSON), 415, "unsupported-media-type")


class Paths(Scratch):
    def test_a_mistyped_store_is_told_and_nothing_is_made(self):
        typo = self.folder / "typo.sqlite"
        for words in (["log", "key", typo, "--rotate"], ["log", "key", typo, "--rotate", "--lost"],
                      ["log", "list", typo], ["log", "verify", typo], ["log", "export", typo], ["log", "prove", typo, "1"],
                      ["log", "backup", typo, self.folder / "copy"], ["log", "erase", typo, "c-1"]):
            done = heed(*words)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn(f"there is no file `{typo}`", done.stderr, words)
        done = heed("serve", "--store", typo, "--listen", "127.0.0.1:0")
        self.assertIn("policies.none-active", done.stderr)
        done = heed("token", "revoke", "x", "--tokens", self.folder / "nofile")
        self.assertIn("tokens.unreadable", done.stderr)
        self.assertEqual(self.files(), ["policy"])

    def test_a_file_without_a_byte_is_no_log(self):
        empty = self.folder / "empty.sqlite"
        empty.write_bytes(b"")
        for words in (["log", "key", empty, "--rotate"], ["log", "key", empty, "--rotate", "--lost"],
                      ["serve", "--store", empty, "--listen", "127.0.0.1:0"]):
            self.assertEqual(heed(*words).returncode, 2, words)
        self.assertEqual(self.files(), ["empty.sqlite", "policy"])
        self.assertEqual(empty.stat().st_size, 0)

    def test_a_record_is_proved_by_its_number_too(self):
        server = self.serve()
        made = server.request("POST", "/v1/decisions", LATE)
        server.stop()
        number = made.headers["Heed-Sequence"]
        by_id, by_number = (heed("log", "prove", self.store, name) for name in (made.json()["id"], number))
        self.assertEqual((by_number.returncode, by_number.stdout), (0, by_id.stdout))
        self.assertEqual(heed("log", "prove", self.store, "99").returncode, 1)


class Restoring(Scratch):
    def setUp(self):
        super().setUp()
        server = self.serve()
        for note in ("quiet", "angry"):
            case = {"subject": "c-1", "facts": {"days": 9, "case.note": note}}
            server.request("POST", "/v1/decisions", json.dumps(case))
        server.stop()
        self.copy, self.restored = self.folder / "copy.sqlite", self.folder / "restored.sqlite"
        self.assertEqual(heed("log", "backup", self.store, self.copy).returncode, 0)

    def restore(self, *words):
        done = heed("log", "restore", self.copy, self.restored, *words)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_with_the_master_key_decisions_are_computed_again(self):
        master = pathlib.Path(f"{self.store}.master")
        self.assertIn("and 2 decisions computed again", self.restore("--master", master))
        self.restored.unlink()
        beside = pathlib.Path(f"{self.copy}.master")
        beside.write_bytes(master.read_bytes())
        beside.chmod(0o600)
        said = self.restore()
        self.assertIn("and 2 decisions computed again", said)
        self.assertNotIn("not opened", said)

    def test_without_it_the_report_says_what_was_not_opened(self):
        said = self.restore()
        self.assertIn("and 0 decisions computed again", said)
        self.assertIn("2 records were not opened, for the master key is not at hand", said)

    def test_a_master_key_that_is_named_must_be_there_and_right(self):
        other = self.folder / "other"
        for words, code in ((["--master", other], "master.missing"),):
            done = heed("log", "restore", self.copy, self.restored, *words)
            self.assertEqual(done.returncode, 2)
            self.assertIn(code, done.stderr)
        self.assertFalse(self.restored.exists())


class Times(Scratch):
    def test_a_time_that_the_zone_cannot_write_is_refused(self):
        server = self.serve()
        for at, status in (("9999-12-31T23:59:59Z", 422), ("9999-12-31T21:59:59Z", 200), ("0001-01-01", 422),
                           ("1850-01-01T00:00:00Z", 200)):
            answer = server.request("POST", "/v1/decisions", json.dumps({"at": at, "facts": {"days": 9}}))
            self.assertEqual(answer.status, status, (at, answer.body))
            if status == 422:
                self.assertEqual([error["code"] for error in answer.json()["errors"]], ["case.time"])
        self.assertEqual(answer.json()["at"], "1850-01-01T02:20:00+02:20")
        self.assertIn("beyond the years 1 to 9999", json.dumps(server.request(
            "POST", "/v1/decisions", '{"at": "9999-12-31T23:59:59Z"}').json()))

    def test_a_deadline_beyond_them_is_none_and_warned_of(self):
        case = '{"at": "9999-12-31T23:00:00+02:00", "facts": {"days": 9}}'
        decided = json.loads(heed("decide", "--policy", self.policy, "-", stdin=case).stdout)
        self.assertIsNone(decided["plan"][0]["due"])
        self.assertEqual(len(decided["warnings"]), 1, decided["warnings"])
        self.assertNotIn("0000-", json.dumps(decided))


class Words(Scratch):
    def test_control_characters_are_shown_not_sent(self):
        subject = "a\nb\u001b[31mRED"
        shown = "a\\nb\\u001b[31mRED"
        case = json.dumps({"subject": subject, "facts": {"days": 9}})
        server = self.serve()
        server.request("POST", "/v1/decisions", case)
        server.stop()
        for done in (heed("decide", "--text", "--policy", self.policy, "-", stdin=case),
                     heed("explain", "--policy", self.policy, "-", stdin=case),
                     heed("log", "list", self.store), heed("log", "show", self.store, "2")):
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertNotIn("\u001b", done.stdout)
        for done in (heed("decide", "--text", "--policy", self.policy, "-", stdin=case),
                     heed("log", "list", self.store), heed("log", "show", self.store, "2")):
            self.assertIn(shown, done.stdout)
        decided = json.loads(heed("log", "list", self.store, "--json").stdout.splitlines()[0])
        self.assertEqual(decided["subject"], subject)

    def test_such_a_name_is_none_for_a_token(self):
        for name in ("", "a\nb", "a\u009bb"):
            done = heed("token", "add", name, "--role", "caller", "--tokens", self.folder / "tokens.json")
            self.assertEqual(done.returncode, 2)
            self.assertIn("tokens.name", done.stderr)
        self.assertEqual(self.files(), ["policy"])

    def test_output_that_cannot_be_written_is_told(self):
        (self.folder / "case.json").write_text(LATE)
        server = self.serve()
        server.request("POST", "/v1/decisions", LATE)
        server.stop()
        for words in (["decide", "--policy", self.policy, self.folder / "case.json"],
                      ["schema", "--policy", self.policy],
                      ["decide", "--policy", self.policy, "--lines", self.folder / "case.json"],
                      ["log", "list", self.store], ["log", "export", self.store]):
            with open("/dev/full", "w") as full:
                done = subprocess.run([HEED, *map(str, words)], stdout=full, stderr=subprocess.PIPE, text=True,
                                      timeout=60)
            self.assertEqual(done.returncode, 2, words)
            self.assertIn("error[output.unwritable]: cannot write to standard output", done.stderr, words)
            self.assertEqual(done.stderr.count("output.unwritable"), 1)

    def test_how_long_a_private_text_is_is_told(self):
        case = json.dumps({"facts": {"case.note": "x" * 300_000}})
        done = heed("decide", "--policy", self.policy, "-", stdin=case)
        self.assertIn("the text has 300000 bytes, at most", done.stdout + done.stderr)
        self.assertNotIn("xxx", done.stdout + done.stderr)

    def test_blank_lines_are_passed_over(self):
        done = heed("decide", "--policy", self.policy, "--lines", "-", stdin=f"\n{LATE}\n\r\n\n{LATE}\r\n")
        self.assertEqual((done.returncode, len(done.stdout.splitlines())), (0, 2), done.stdout)


class CommandLine(Scratch):
    def test_numbers_that_are_none_are_refused(self):
        for words in (["bench", "--policy", self.policy, "--cases", "-", "--seconds", "nan"],
                      ["serve", "--policy", self.policy, "--store", self.store, "--client-rate", "nan"]):
            done = heed(*words, stdin="")
            self.assertEqual(done.returncode, 2, words)
            self.assertIn("nan", done.stderr)

    def test_a_policy_may_come_from_standard_input(self):
        self.assertEqual(heed("check", "-", stdin=SMALL).returncode, 0)
        self.assertIn("-:1:1: error[check.no-policy]", heed("check", "-", stdin="").stdout)
        loose = SMALL.replace("when days >= 7", "when   days >= 7")
        done = heed("fmt", "-", stdin=loose)
        self.assertEqual((done.returncode, done.stdout), (0, heed("fmt", "-", stdin=SMALL).stdout), done.stderr)
        self.assertEqual(heed("fmt", "--check", "-", stdin=loose).returncode, 1)


if __name__ == "__main__":
    main()
