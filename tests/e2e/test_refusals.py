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


if __name__ == "__main__":
    main()
