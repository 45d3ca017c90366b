"""Holds the JSON Schemas against the shapes that the program writes: its golden files, and cases of our own.

Needs the validator of Debian's python3-jsonschema, which knows drafts up to 2020-12.
"""
import json
import pathlib
import sys
import unittest

import jsonschema

ROOT = pathlib.Path(sys.argv.pop(1) if len(sys.argv) > 1 else __file__).resolve()
ROOT = ROOT if ROOT.is_dir() else ROOT.parents[2]
SCHEMAS = {file.name: json.loads(file.read_text()) for file in (ROOT / "schemas").glob("*.schema.json")}


def mistakes(schema, document):
    resolver = jsonschema.RefResolver(schema.get("$id", ""), schema, store=dict(SCHEMAS))
    checker = jsonschema.Draft202012Validator(schema, resolver=resolver)
    return [f"{error.json_path}: {error.message}" for error in checker.iter_errors(document)]


def golden(name):
    return json.loads((ROOT / "tests/golden/json" / name).read_text())


class Schemas(unittest.TestCase):
    def test_are_schemas(self):
        for name, schema in [*SCHEMAS.items(), ("golden", golden("case_schema.json"))]:
            jsonschema.Draft202012Validator.check_schema(schema)
            self.assertEqual(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", name)

    def test_what_the_program_writes_is_valid(self):
        for name, schema in [("decision.json", "decision"), ("explanation.json", "decision"), ("problem.json", "problem")]:
            self.assertEqual(mistakes(SCHEMAS[f"{schema}.schema.json"], golden(name)), [], name)

    def test_a_decision_of_another_shape_is_told(self):
        for pointer, value in [("needs", {}), ("scores", []), ("at", "yesterday"), ("extra", 1), ("choices", [1])]:
            decision = golden("decision.json")
            decision[pointer] = value
            self.assertNotEqual(mistakes(SCHEMAS["decision.schema.json"], decision), [], pointer)
        decision = golden("decision.json")
        del decision["warnings"]
        self.assertNotEqual(mistakes(SCHEMAS["decision.schema.json"], decision), [])

    def test_a_record_holds_a_case_and_a_decision(self):
        record = {
            "sequence": 1, "id": golden("decision.json")["id"], "kind": "decision", "recorded_at": "2026-11-22T08:15:00.5Z",
            "hash": "f" * 64, "revision": "ab", "case": {"facts": {"a.b": 1}, "history": []},
            "decision": golden("decision.json")}
        self.assertEqual(mistakes(SCHEMAS["record.schema.json"], record), [])
        record["case"]["figures"] = {"count of fault in last 3 days across customers": {"surely": 1, "possibly": None},
                                     "?time since last fault across customers": {"surely": None, "possibly": "2026-11-22T08:00:00Z"}}
        self.assertEqual(mistakes(SCHEMAS["record.schema.json"], record), [])
        record["seal"] = "none"
        self.assertEqual(mistakes(SCHEMAS["record.schema.json"], record), [])
        for name, wrong in (("case", None), ("decision", None), ("kind", "key"), ("dropped", True)):
            self.assertNotEqual(mistakes(SCHEMAS["record.schema.json"], {**record, name: wrong}), [], name)
        record["decision"]["needs"] = 3
        self.assertNotEqual(mistakes(SCHEMAS["record.schema.json"], record), [])

    def test_a_record_may_be_sealed_or_dropped(self):
        record = {
            "sequence": 1, "id": golden("decision.json")["id"], "kind": "decision", "recorded_at": "2026-11-22T08:15:00.5Z",
            "hash": "f" * 64, "revision": "ab", "seal": "sealed", "case": {"facts": {"a.b": {"sealed": "0" * 64}}},
            "decision": {**golden("decision.json"), "say": [{"rules": ["r"], "text": {"sealed": "0" * 64}}]}}
        self.assertEqual(mistakes(SCHEMAS["record.schema.json"], record), [])
        self.assertNotEqual(mistakes(SCHEMAS["record.schema.json"], {**record, "seal": "none"}), [])
        dropped = {**record, "dropped": True, "case": None, "decision": None}
        self.assertEqual(mistakes(SCHEMAS["record.schema.json"], dropped), [])
        erasure = {**record, "kind": "erasure", "seal": "none", "decision": None,
                   "case": {"events": 1, "key": 2, "record": "", "records": 3, "subject": "c-1"}}
        self.assertEqual(mistakes(SCHEMAS["record.schema.json"], erasure), [])
        self.assertNotEqual(mistakes(SCHEMAS["record.schema.json"], {**erasure, "kind": "retention"}), [])


class CaseSchema(unittest.TestCase):
    def check(self, facts, valid):
        nested = {}
        for name, value in facts.items():
            group, _, last = name.partition(".")
            nested.setdefault(group, {})[last] = value
        for form in (facts, nested):
            found = mistakes(golden("case_schema.json"), {"facts": form})
            self.assertEqual(found == [], valid, f"{form}: {found}")

    def test_takes_what_the_reader_takes(self):
        for facts in [
            {}, {"customer.tier": None}, {"customer.tier": "gold"}, {"customer.captive": True}, {"case.contacts": 1.0},
            {"case.share": 0.1}, {"case.share": {"fraction": "1/3"}}, {"case.amount": "120.00 ILS"},
            {"case.amount": {"amount": 120, "currency": "ILS"}}, {"order.price": 19.9}, {"order.shipping": 1999},
            {"case.tags": ["a"]}, {"customer.wishes": ["repair"]}, {"case.delay": "PT4H"}, {"policy.ends_on": "2026-11-22"},
            {"לקוח.שם": "דנה"}, {"customer.shoe_size": 44}]:
            self.check(facts, True)

    def test_refuses_what_the_reader_refuses(self):
        for facts in [
            {"customer.tier": "gould"}, {"customer.captive": "yes"}, {"case.contacts": 1.5}, {"case.share": "0.1"},
            {"case.amount": 12}, {"order.price": "19.9 ILS"}, {"order.shipping": 0.5}, {"case.tags": "a"},
            {"customer.wishes": ["else"]}, {"case.delay": 4}, {"לקוח.שם": 1}]:
            self.check(facts, False)

    def test_history_is_typed_by_event(self):
        def valid(event):
            return mistakes(golden("case_schema.json"), {"history": [event]}) == []
        self.assertTrue(valid({"event": "contact", "at": "2026-11-22", "channel": "web"}))
        self.assertTrue(valid({"event": "fault", "at": "2026-11-22", "channel": "fax"}))
        self.assertFalse(valid({"event": "contact", "at": "2026-11-22", "channel": "fax"}))
        self.assertTrue(valid({"event": "other", "at": "2026-11-22"}))  # passed over
        self.assertFalse(valid({"event": "contact"}))
        self.assertFalse(valid({"at": "2026-11-22"}))


class OpenApi(unittest.TestCase):
    document = json.loads((ROOT / "schemas/openapi.json").read_text())

    def references(self, node):
        if isinstance(node, dict):
            if "$ref" in node:
                yield node["$ref"]
            node = list(node.values())
        for child in node if isinstance(node, list) else []:
            yield from self.references(child)

    def test_every_reference_leads_somewhere(self):
        for reference in self.references(self.document):
            if reference.startswith("#/"):
                node = self.document
                for token in reference[2:].split("/"):
                    node = node[token]
            else:
                self.assertIn(reference, SCHEMAS)

    def test_every_operation_has_a_name_and_answers(self):
        names = []
        for path, operations in self.document["paths"].items():
            for operation in operations.values():
                names.append(operation["operationId"])
                self.assertIn("200", operation["responses"], path)
        self.assertEqual(len(names), len(set(names)))

    def test_examples_are_valid(self):
        for operation in [self.document["paths"][p]["post"] for p in ("/v1/decisions", "/v1/preview")]:
            for example in operation["requestBody"]["content"]["application/json"]["examples"].values():
                self.assertEqual(mistakes(SCHEMAS["case.schema.json"], example["value"]), [])


unittest.main(warnings="ignore")  # newer validators prefer another resolver, Debian's has this one
