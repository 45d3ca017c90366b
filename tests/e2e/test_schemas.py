"""What the program really answers is of the shape that schemas/ says, and its schema of cases takes the sample cases."""
import json
import pathlib
import tempfile
import unittest

import jsonschema
from support import CASES, POLICY, ROOT, heed, serving

SCHEMAS = {file.name: json.loads(file.read_text()) for file in (ROOT / "schemas").glob("*.schema.json")}


def mistakes(schema, document):
    resolver = jsonschema.RefResolver(schema.get("$id", ""), schema, store=dict(SCHEMAS))
    found = jsonschema.Draft202012Validator(schema, resolver=resolver).iter_errors(document)
    return [f"{error.json_path}: {error.message}" for error in found]


def schema(name):
    return SCHEMAS[f"{name}.schema.json"]


class Answers(unittest.TestCase):
    def test_of_decide_are_decisions(self):
        for case in sorted(CASES.glob("*.json")):
            answer = heed("decide", "--policy", POLICY, case)
            self.assertEqual(answer.returncode, 0, answer.stderr)
            self.assertEqual(mistakes(schema("decision"), json.loads(answer.stdout)), [], case.name)

    def test_of_explain_are_decisions_with_more(self):
        answer = heed("explain", "--json", "--policy", POLICY, "--tries", "500", CASES / "blamed-he.json")
        self.assertEqual(answer.returncode, 0, answer.stderr)
        self.assertEqual(mistakes(schema("decision"), json.loads(answer.stdout)), [])

    def test_of_decide_with_a_source_are_decisions(self):
        for payload in sorted((POLICY / "payloads").glob("*.json")):
            answer = heed("decide", "--policy", POLICY, "--source", payload.stem, payload)
            self.assertEqual(answer.returncode, 0, answer.stderr)
            self.assertEqual(mistakes(schema("decision"), json.loads(answer.stdout)), [], payload.name)

    def test_of_a_stream_are_decisions_and_problems_in_their_places(self):
        lines = ["{}", '{"facts": {"customer": []}, "at": 3, "history": 4}', "{", "[]", "{}"]
        answer = heed("decide", "--lines", "--policy", POLICY, stdin="\n".join(lines) + "\n")
        answers = [json.loads(line) for line in answer.stdout.splitlines()]
        self.assertEqual(len(answers), len(lines), answer.stderr)
        for place, name in enumerate(["decision", "problem", "problem", "problem", "decision"]):
            self.assertEqual(mistakes(schema(name), answers[place]), [], answer.stdout)
        pointers = [error["pointer"] for error in answers[1]["errors"]]
        self.assertEqual(pointers, ["/at", "/history"])

    def test_of_schema_takes_the_sample_cases(self):
        cases = json.loads(heed("schema", "--policy", POLICY).stdout)
        jsonschema.Draft202012Validator.check_schema(cases)
        for case in sorted(CASES.glob("*.json")):
            document = json.loads(case.read_text())
            self.assertEqual(mistakes(cases, document), [], case.name)
            self.assertEqual(mistakes(schema("case"), document), [], case.name)

    def test_of_schema_takes_the_lists_that_the_program_takes(self):
        policy = """policy shop "Shop"
fact order.codes is list of text
fact order.items is list of
  sku is text
  price is money in ILS
fact order.items.parts is list of
  broken is yes or no
"""
        rows = [
            ({"codes": []}, True),
            ({"codes": ["a", None], "items": [{}, {"sku": "a", "price": 3, "parts": [{"broken": True}], "x": 1}]}, True),
            ({"items": None}, True),
            ({"codes": "a"}, False),
            ({"codes": [1]}, False),
            ({"items": ["a"]}, False),
            ({"items": [{"parts": [{"broken": "yes"}]}]}, False),
        ]
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "shop.heed").write_text(policy)
            cases = json.loads(heed("schema", "--policy", folder).stdout)
            jsonschema.Draft202012Validator.check_schema(cases)
            for order, is_taken in rows:
                document = {"facts": {"order": order}}
                self.assertEqual(mistakes(cases, document) == [], is_taken, order)
                decided = heed("decide", "--policy", folder, "-", stdin=json.dumps(document))
                self.assertEqual(decided.returncode == 0, is_taken, decided.stderr)


class Server(unittest.TestCase):
    def test_answers_in_the_shapes_of_the_schemas(self):
        case = (CASES / "blamed-he.json").read_text()
        with serving() as server:
            decided = server.request("POST", "/v1/decisions?explain=full", case)
            self.assertEqual(mistakes(schema("decision"), decided.json()), [])
            self.assertIn("explanation", decided.json())
            preview = server.request("POST", "/v1/preview", case)
            self.assertEqual(mistakes(schema("decision"), preview.json()), [])
            record = server.request("GET", "/v1/decisions/" + decided.json()["id"])
            self.assertEqual(mistakes(schema("record"), record.json()), [])
            heed("log", "key", server.store, "--rotate")  # a record too
            records = server.request("GET", "/v1/decisions?kind=all").json()["records"]
            self.assertEqual({record["kind"] for record in records}, {"decision", "policy", "key"})
            for record in records:
                self.assertEqual(mistakes(schema("record"), record), [])
            components = {"components": json.loads((ROOT / "schemas/openapi.json").read_text())["components"]}
            for path, name in [(f"/v1/decisions/{decided.json()['id']}/proof", "InclusionProof"),
                               ("/v1/log/consistency?from=1", "ConsistencyProof")]:
                proof = server.request("GET", path)
                self.assertEqual(mistakes({"$ref": f"#/components/schemas/{name}", **components}, proof.json()), [])
                self.assertNotEqual(mistakes({"$ref": f"#/components/schemas/{name}", **components}, {**proof.json(), "path": 3}), [])
            refused = [
                (422, server.request("POST", "/v1/decisions", '{"facts": [], "at": 3}')), (404, server.request("GET", "/v1/none")),
                (400, server.request("POST", "/v1/decisions", "{")), (405, server.request("POST", "/v1/schema", "{}")),
                (413, server.request("POST", "/v1/decisions", " " * (1 << 20) + "{}")),
                (400, server.request("GET", "/v1/decisions?limit=0")), (404, server.request("GET", "/v1/decisions/none"))]
            for status, answer in refused:
                self.assertEqual(answer.status, status, answer.body)
                self.assertEqual(mistakes(schema("problem"), answer.json()), [])
                self.assertEqual(answer.json()["status"], status)
            self.check_openapi(server.request("GET", "/openapi.json").json())

    def test_answers_about_policies_in_the_shapes_of_the_schemas(self):
        described = json.loads((ROOT / "schemas/openapi.json").read_text())
        text = 'policy p\nfact a is yes or no\nscore b from 0 to 9\nrule r\n  when a\n  then add 1 to b\n'
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "p.heed").write_text(text)
            with serving(None, ["--first-policy", folder]) as server:
                etag = server.request("GET", "/v1/policies/active").headers["ETag"]
                put = server.request("PUT", "/v1/policies", text + "# changed\n", {"Content-Type": "text/plain"})
                revision = put.json()["revision"]
                compared = server.request("POST", "/v1/policies/compare", json.dumps({"new": revision, "cases": [{}]}))
                activated = server.request("POST", f"/v1/policies/{revision}/activate", None, {"If-Match": etag})
                listed = server.request("GET", "/v1/policies?limit=1")
                shown = server.request("GET", "/v1/policies/" + revision)
                refused = [server.request("PUT", "/v1/policies", "policy", {"Content-Type": "text/plain"}),
                           server.request("POST", f"/v1/policies/{revision}/activate"),
                           server.request("POST", f"/v1/policies/{revision}/activate", None, {"If-Match": etag + ', "x"'})]
        self.assertEqual([answer.status for answer in (put, compared, activated, listed, shown)], [201, 200, 200, 200, 200])
        self.assertEqual(mistakes(schema("comparison"), compared.json()), [])
        components = {"components": described["components"]}
        for name, document in (("PutPolicy", put.json()), ("Activation", activated.json()), ("StoredPolicy", shown.json()),
                               ("StoredPolicy", listed.json()["policies"][0])):
            self.assertEqual(mistakes({"$ref": f"#/components/schemas/{name}", **components}, document), [], name)
            self.assertNotEqual(mistakes({"$ref": f"#/components/schemas/{name}", **components}, {}), [])
        for answer, status in zip(refused, (422, 428, 200)):
            self.assertEqual(answer.status, status, answer.body)
            if status != 200:
                self.assertEqual(mistakes(schema("problem"), answer.json()), [])

    def check_openapi(self, served):
        written = json.loads((ROOT / "schemas/openapi.json").read_text())
        self.assertEqual(served["paths"], written["paths"])
        for name in ("Case", "Comparison", "Decision", "Problem", "Record"):
            self.assertEqual(served["components"]["schemas"][name], schema(name.lower()))


class Findings(unittest.TestCase):
    def test_of_check_stand_in_sarif_and_in_json_at_the_same_places(self):
        with tempfile.TemporaryDirectory() as folder:
            (pathlib.Path(folder) / "broken.heed").write_text(
                'policy p "P"\nfact שם.א is text\nrule r\n  when שם.ב is "x"\n  then ask שם.א\n')
            ours = json.loads(heed("check", "--format", "json", folder).stdout)
            sarif = json.loads(heed("check", "--format", "sarif", folder).stdout)
        self.assertEqual(sarif["version"], "2.1.0")
        results = sarif["runs"][0]["results"]
        self.assertGreater(len(results), 0)
        self.assertEqual(len(results), len(ours["diagnostics"]))
        for result, finding in zip(results, ours["diagnostics"]):
            region = result["locations"][0]["physicalLocation"]["region"]
            self.assertEqual((region["startLine"], region["startColumn"]), (finding["line"], finding["column"]))
            self.assertEqual(result["ruleId"], finding["code"])
            rules = sarif["runs"][0]["tool"]["driver"]["rules"]
            self.assertEqual(rules[result["ruleIndex"]]["id"], finding["code"])


unittest.main(warnings="ignore")
