#!/usr/bin/env python3
"""Verifies what `heed log export` wrote, or one proof, without Heed: Python's standard library alone.

    verify_log.py FILE --key KEY [--seen HEAD]

FILE is an export, or the answer to GET /v1/decisions/{id}/proof or /v1/log/consistency. KEY is the log's verifier
key as you got it from the operator; HEAD a file with a signed head that you saw before. Exit status 0: it holds.
1: it does not, and the reason is told. 2: a file cannot be read. docs/log-format.md specifies everything that is computed here.
"""
import argparse
import base64
import hashlib
import json
import sys

P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, RFC 8032, part 5.1
D, I = -121665 * pow(121666, P - 2, P) % P, pow(2, (P - 1) // 4, P)


class DoesNotHold(Exception):
    pass


def require(condition, reason):
    if not condition:
        raise DoesNotHold(reason)


def sha(data):
    return hashlib.sha256(data).digest()


# --- Ed25519 ----------------------------------------------------------------------------------------------------------
def point(data):
    y, sign = int.from_bytes(data, "little") & (2**255 - 1), data[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * I % P
    require(y < P and (x * x - square) % P == 0 and (x or not sign), "a key or a signature is no point of the curve")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def add(p, q):
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, p):
    result = (0, 1, 1, 0)
    while number:
        result, p, number = add(result, p) if number & 1 else result, add(p, p), number >> 1
    return result


BASE = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def is_signed(key, text, signature):
    if len(signature) != 64 or int.from_bytes(signature[32:], "little") >= Q:
        return False
    challenge = int.from_bytes(hashlib.sha512(signature[:32] + key + text).digest(), "little") % Q
    left = times(int.from_bytes(signature[32:], "little"), BASE)
    right = add(point(signature[:32]), times(challenge, point(key)))
    return (left[0] * right[2] - right[0] * left[2]) % P == 0 and (left[1] * right[2] - right[1] * left[2]) % P == 0


# --- Signed heads: C2SP signed-note and tlog-checkpoint -----------------------------------------------------------------
def signs(verifier_key, note):
    """Whether the key signed the note. A signature in its name that is not its own is a reason to stop."""
    name, identity, data = verifier_key.split("+", 2)
    key = base64.b64decode(data, validate=True)
    require(len(key) == 33 and key[0] == 1 and sha(name.encode() + b"\n" + key)[:4].hex() == identity, "not a key: " + verifier_key)
    text, _, lines = note.rpartition("\n\n")
    found = False
    for line in lines.splitlines():
        dash, signer, signature = line.split(" ")
        signature = base64.b64decode(signature, validate=True)
        if dash == "—" and signer == name and signature[:4].hex() == identity:
            require(is_signed(key[1:], (text + "\n").encode(), signature[4:]), "a signature in the key's name is not its own")
            found = True
    return found


def head(note, *verifier_keys):
    """The size and the root of a head, which one of the keys must have signed."""
    require(any(signs(key, note) for key in verifier_keys), "the head is not signed by " + " or ".join(verifier_keys))
    origin, size, root = note.rpartition("\n\n")[0].split("\n")[:3]
    require(all(key.startswith(origin + "+") for key in verifier_keys), "the head is of another log: " + origin)
    return int(size), base64.b64decode(root, validate=True)


# --- Trees: RFC 9162, part 2.1 --------------------------------------------------------------------------------------------
def node(left, right):
    return sha(b"\1" + left + right)


def hashes(words):
    require(all(bytes.fromhex(word).hex() == word and len(word) == 64 for word in words), "a path is not of hashes")
    return [bytes.fromhex(word) for word in words]


def tree_root(leaves):
    if len(leaves) < 2:
        return leaves[0] if leaves else sha(b"")
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return node(tree_root(leaves[:half]), tree_root(leaves[half:]))


def inclusion_root(leaf, index, size, path):
    """The root that the path leads to."""
    if size == 1:
        require(not path, "a path is too long")
        return leaf
    require(path, "a path is too short")
    half = 1 << (size - 1).bit_length() - 1
    if index < half:
        return node(inclusion_root(leaf, index, half, path[:-1]), path[-1])
    return node(path[-1], inclusion_root(leaf, index - half, size - half, path[:-1]))


def consistency_roots(old, size, path, known):
    """The roots of both trees that the path leads to; `known` is the old root where it is a whole subtree."""
    if old == size:
        require(len(path) == (0 if known else 1), "a path has not the right length")
        return (known or path[0],) * 2
    require(path, "a path is too short")
    half = 1 << (size - 1).bit_length() - 1
    if old <= half:
        before, after = consistency_roots(old, half, path[:-1], known)
        return before, node(after, path[-1])
    before, after = consistency_roots(old - half, size - half, path[:-1], None)
    return node(path[-1], before), node(path[-1], after)


def require_continuation(old, old_root, size, root, path):
    require(old <= size, f"the log has {size} records, fewer than the {old} that were seen")
    if old:
        require(consistency_roots(old, size, hashes(path), old_root) == (old_root, root),
                f"the log of {size} records does not begin with the {old} that were seen")


# --- Files ----------------------------------------------------------------------------------------------------------------
def trust(keys, trusted, size, root):
    """Follows the keys from the trusted one to the last; each must be handed over by the one before, in the same log."""
    names = [each["key"] for each in keys]
    require(trusted in names, "the log does not know the key: " + trusted)
    for old, new in list(zip(names, keys[1:]))[names.index(trusted):]:
        since, its_root = head(new["handover"], old)
        require(signs(new["key"], new["handover"]) and since == new["since"], "a key is not handed over as it should be")
        require_continuation(since, its_root, size, root, new["consistency"])


class Number(str):
    """A number as it is written."""


def canonical(value):
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(canonical(name) + ":" + canonical(each) for name, each in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(canonical, value)) + "]"
    return str(value) if isinstance(value, Number) else json.dumps(value, ensure_ascii=False)


def verify_opened(line, which):
    """Each sealed value that was opened is the one that the record commits to."""
    opened = json.loads(line["opened"], parse_int=Number, parse_float=Number)
    for pointer, value in opened["values"].items():
        part, *tokens = pointer[1:].split("/")
        at = json.loads(line[part])
        for token in tokens:
            token = token.replace("~1", "/").replace("~0", "~")
            at = at[int(token)] if isinstance(at, list) else at[token]
        commitment = sha(bytes.fromhex(opened["salt"]) + pointer.encode() + b"\0" + canonical(value).encode()).hex()
        require(at == {"sealed": commitment}, which + "does not commit to what is opened at " + pointer)


def verify_export(header, *lines, trusted, note):
    *lines, end = lines or [{}]
    require(list(end) == ["records"], "the export was cut off")
    keys = header["keys"]
    require(header["heed_export"] == 1, "the export is of another version")
    require({**keys[0], "key": ""} == {"key": "", "since": 0, "handover": "", "consistency": []}, "the first key is not as it should be")
    size, root = head(header["checkpoint"], keys[-1]["key"])
    trust(keys, trusted, size, root)
    revisions, leaves, named, dropped, last, opened, promised, active = {""}, {}, [], [], 0, 0, 0, [""]
    for line in lines:
        if "policy" in line:
            found = hashlib.sha256()
            for name, text in sorted((each["name"].encode(), each["text"].encode()) for each in line["files"]):
                found.update(len(name).to_bytes(8, "big") + name + len(text).to_bytes(8, "big") + text)
            require(found.hexdigest() == line["policy"], "the sources of a policy are not its own: " + line["policy"])
            revisions.add(line["policy"])
            continue
        record, leaf = json.loads(line["record"]), sha(b"\0" + line["record"].encode())
        which = f"record {record['sequence']} "
        require(record["sequence"] > last, which + "is not in its place")
        last = record["sequence"]
        require(inclusion_root(leaf, last - 1, size, hashes(line["path"])) == root, which + "is not in the log")
        if line["case"] is None:  # dropped for its age: its hashes are in the record
            require(record["kind"] == "decision", which + "holds nothing")
            dropped.append(last)
        else:
            for part in ("case", "decision"):
                require(sha(line[part].encode()).hex() == record[part], which + f"has another {part}")
        if "opened" in line:
            verify_opened(line, which)
            opened += 1
        require(record["revision"] in revisions, which + "was decided by a policy that is missing")
        leaves[last] = leaf
        if record["kind"] == "key":
            named.append((last, json.loads(line["case"])["key"]))
        elif record["kind"] == "policy":
            said = json.loads(line["case"])
            require((said["from"], said["to"]) == (active[-1], record["revision"]), which + "does not go on from the policy that was active")
            active.append(record["revision"])
        elif record["kind"] == "decision" and active[1:]:
            require(record["revision"] in active, which + "was decided by a policy that was never active before")
        if record["kind"] == "retention":
            promised = max(promised, min(json.loads(line["case"])["records"], last - 1))
    require(not dropped or dropped[-1] <= promised, "what a record held is gone, and no record says that it was dropped")
    require(end["records"] == len(leaves), f"{end['records']} records were exported, {len(leaves)} are here")
    require(named == [(each["since"], each["key"]) for each in keys[1:]], "the records of new keys are not those of the keys")
    if note:
        old, old_root = head(note, *(each["key"] for each in keys))
        require(old <= size, f"the log has {size} records, fewer than the {old} that were seen")
        require(len(leaves) == size, "the export is not whole: it cannot be held against what was seen")
        require(tree_root([leaves[each + 1] for each in range(old)]) == old_root, f"the first {old} records are not those that were seen")
    return (f"{len(leaves)} of the log's {size} records hold" + (f", {opened} with what is sealed in them" if opened else "")
            + (f", {len(dropped)} of them by their hashes alone" if dropped else "") + (", and continue what was seen" if note else ""))


def read(name):
    with open(name, encoding="utf-8", newline="\n") as file:
        return file.read()


def verify(arguments):
    note = read(arguments.seen) if arguments.seen else ""
    if "+" in note.split("\n")[0]:  # a file of `heed log witness` begins with the key
        note = note.split("\n", 1)[1]
    documents = [json.loads(line) for line in read(arguments.file).rstrip("\n").split("\n")]
    if "heed_export" in documents[0]:
        return verify_export(*documents, trusted=arguments.key, note=note)
    document = documents[0]
    size, root = head(document["checkpoint"], arguments.key)
    if "record" in document:
        leaf, record = sha(b"\0" + document["record"].encode()), json.loads(document["record"])
        require(inclusion_root(leaf, record["sequence"] - 1, size, hashes(document["path"])) == root, "the record is not in the log")
        return f"record {record['sequence']}, {record['id']}, is one of the log's {size}"
    require(note, "`--seen` names no head that was seen before")
    old, old_root = head(note, arguments.key)
    require_continuation(old, old_root, size, root, document["path"])
    return f"the log of {size} records continues the {old} that were seen"


def main():
    parser = argparse.ArgumentParser(description="Verifies an export or a proof of a Heed log.")
    parser.add_argument("file")
    parser.add_argument("--key", required=True, help="the log's verifier key")
    parser.add_argument("--seen", help="a file with a signed head that was seen before")
    arguments = parser.parse_args()
    try:
        print(verify(arguments))
    except DoesNotHold as reason:
        sys.exit(f"it does not hold: {reason}")
    except OSError as reason:
        print(reason, file=sys.stderr)
        sys.exit(2)
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as reason:
        sys.exit(f"it does not hold: it cannot be read ({type(reason).__name__}: {reason})")


if __name__ == "__main__":
    main()
