#!/usr/bin/env python3
"""Check a bundle of evidence without the software that made it.

    python3 verify_evidence.py BUNDLE.zip [--key KEY] [--checkpoint FILE] [--language vi|en]

It needs Python 3.9 or newer and nothing else; with the package "cryptography" signatures are checked faster.
Written from the description of the format, `audit-format.md`.

KEY is the public key as it was printed or mailed (name+code+key). FILE is a checkpoint that you hold yourself: from
the daybook, a mail or a folder of yours. Without them the program can only say that the bundle agrees with itself.
"""

import argparse
import hashlib
import json
import sys
import zipfile
from base64 import b64decode

TEXTS = {
    "holds": ("ĐÚNG", "HOLDS"),
    "fails": ("SAI", "FAILS"),
    "open": ("CHƯA RÕ", "OPEN"),
    "files": ("Mọi tệp đúng như bảng kê ({0} tệp)", "Every file is the one listed ({0} files)"),
    "file_bad": ("Tệp {0} bị thay đổi hoặc bị thiếu", "The file {0} was changed or is missing"),
    "file_extra": ("Tệp {0} không có trong bảng kê", "The file {0} is not listed"),
    "signed": (
        "Điểm kiểm soát gồm {0} mục, lúc {1}, do khóa {2} ký",
        "The checkpoint of {0} entries, at {1}, is signed by the key {2}",
    ),
    "signature_bad": (
        "Không có khóa đáng tin nào ký điểm kiểm soát",
        "No trusted key has signed the checkpoint",
    ),
    "key_own": (
        "Khóa lấy từ chính gói này: hãy so với khóa đã in trong sổ trực: {0}",
        "The key comes from the bundle itself: compare it with the one in the daybook: {0}",
    ),
    "key_bad": ("Khóa đã cho không đọc được", "The given key cannot be read"),
    "mine_same": (
        "Điểm kiểm soát bạn giữ chính là điểm của gói này",
        "The checkpoint that you hold is the one of the bundle",
    ),
    "mine_earlier": (
        "Nhật ký chỉ được ghi thêm kể từ điểm kiểm soát bạn giữ ({0} mục, lúc {1})",
        "The log was only continued since the checkpoint that you hold ({0} entries, at {1})",
    ),
    "mine_bad": (
        "Nhật ký không khớp với điểm kiểm soát bạn giữ ({0} mục, lúc {1}): lịch sử đã bị viết lại",
        "The log does not agree with the checkpoint that you hold ({0} entries, at {1}): "
        "history was rewritten",
    ),
    "mine_unknown": (
        "Gói này không có bằng chứng nối với điểm kiểm soát bạn giữ ({0} mục, lúc {1}): hãy yêu cầu gói mới",
        "The bundle has no proof that leads to the checkpoint that you hold ({0} entries, at {1}): ask for one",
    ),
    "mine_none": (
        "Bạn chưa đưa điểm kiểm soát nào do chính bạn giữ (--checkpoint)",
        "You gave no checkpoint that you hold yourself (--checkpoint)",
    ),
    "earlier": (
        "{0} điểm kiểm soát trước đó đều nối tiếp đến điểm này",
        "{0} earlier checkpoints all lead to this one",
    ),
    "earlier_bad": (
        "Nhật ký không nối tiếp điểm kiểm soát trước đó gồm {0} mục, lúc {1}",
        "The log does not continue the earlier checkpoint of {0} entries, at {1}",
    ),
    "hashes": (
        "Cả {0} mục đều đúng nội dung đã ghi ({1} mục có phần được lược, {2} mục lược toàn bộ)",
        "All {0} entries are what was recorded ({1} with parts left out, {2} left out whole)",
    ),
    "erased": (
        "Mục {0} ghi việc xóa theo quyết định {1}: {2} mục mất phần được nêu, {3} văn bản bị xóa",
        "Entry {0} tells of the erasure by order {1}: {2} entries lost what it names, {3} papers",
    ),
    "erased_bad": (
        "Mục {1} của chuỗi {0} vẫn còn nội dung mà mục {2} ghi là đã xóa",
        "Entry {1} of chain {0} still has what entry {2} says was erased",
    ),
    "hash_bad": (
        "Nội dung mục {1} của chuỗi {0} không phải là nội dung đã ghi",
        "The content of entry {1} of chain {0} is not what was recorded",
    ),
    "chain": (
        "Chuỗi {0} liền mạch từ mục 1 đến mục {1}",
        "Chain {0} is whole from entry 1 to entry {1}",
    ),
    "chain_bad": (
        "Chuỗi {0} bị đứt ở mục {1}: thiếu, thừa hoặc đổi chỗ",
        "Chain {0} is broken at entry {1}: one is missing, added or moved",
    ),
    "export": (
        "Đây là bản trích: không thể biết có thiếu mục nào hay không",
        "This is an export: it cannot be known whether an entry is missing",
    ),
    "included": (
        "Cả {0} mục đều nằm trong nhật ký của điểm kiểm soát",
        "All {0} entries are in the log of the checkpoint",
    ),
    "included_bad": (
        "Mục {1} của chuỗi {0} không nằm trong nhật ký của điểm kiểm soát",
        "Entry {1} of chain {0} is not in the log of the checkpoint",
    ),
    "documents": (
        "{0} tài liệu đúng như đã ghi trong nhật ký; {1} tài liệu không kèm theo",
        "{0} documents are those that the trail names; {1} are not included",
    ),
    "document_bad": (
        "Tài liệu {0} không phải là tài liệu đã ghi trong nhật ký",
        "The document {0} is not the one that the trail names",
    ),
    "rules": (
        "{0} phiên bản quy định đúng như văn bản đã được áp dụng",
        "{0} editions of the rules are the texts that were adopted",
    ),
    "rules_open": (
        "Nhật ký không ghi nhận việc áp dụng quy định {0}",
        "The trail does not say that the rules {0} were adopted",
    ),
    "rules_bad": (
        "Văn bản quy định {0} không phải là văn bản đã được áp dụng",
        "The text of the rules {0} is not the one that was adopted",
    ),
    "unreadable": ("Không đọc được gói: {0}", "The bundle cannot be read: {0}"),
    "sound": (
        "KẾT LUẬN: không phát hiện thay đổi nào.",
        "CONCLUSION: nothing was found to be altered.",
    ),
    "unsound": (
        "KẾT LUẬN: CÓ {0} ĐIỂM KHÔNG ĐÚNG. Không được dùng gói này làm bằng chứng.",
        "CONCLUSION: {0} THINGS DO NOT HOLD. Do not rely on this bundle.",
    ),
    "self": (
        "Lưu ý: gói chỉ được đối chiếu với chính nó. Dùng --key và --checkpoint để đối chiếu với thứ bạn giữ.",
        "Note: the bundle was only compared with itself. Use --key and --checkpoint to compare it with what you hold.",
    ),
}
REMOVABLE = ("outcome", "reason", "facts")
FIRST = (
    "chain", "seq", "prev_hash", "at", "event", "by_id", "role", "behalf_id", "unit_id", "case_id",
    "task", "step",
)  # fmt: skip


class Bad(Exception):
    """Something does not hold; its arguments are a name in TEXTS and the words for it."""


# --- hashes and the tree ----------------------------------------------------------------------


def sha256(content):
    return hashlib.sha256(content).digest()


def canonical(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8")


def leaf(chain, seq, entry_hash):
    return sha256(b"\x00" + f'[{chain},{seq},"{entry_hash}"]'.encode())


def node(left, right):
    return sha256(b"\x01" + left + right)


def root_of_inclusion(found, number, size, path):
    """RFC 9162, 2.1.3.2: the root to which the path leads; None for a path of the wrong length."""
    at, last = number, size - 1
    if not 0 <= number < size:
        return None
    for other in path:
        if last == 0:
            return None
        if at % 2 or at == last:
            found = node(other, found)
            while at and not at % 2:
                at, last = at >> 1, last >> 1
        else:
            found = node(found, other)
        at, last = at >> 1, last >> 1
    return found if last == 0 else None


def consistent(old, old_root, new, new_root, path):
    """RFC 9162, 2.1.4.2: whether the new tree only continues the old one."""
    if old == new:
        return not path and old_root == new_root
    if old == 0:
        return not path
    if old > new:
        return False
    path = list(path) if old & (old - 1) else [old_root, *path]
    if not path:
        return False
    at, last = old - 1, new - 1
    while at % 2:
        at, last = at >> 1, last >> 1
    first = second = path[0]
    for other in path[1:]:
        if last == 0:
            return False
        if at % 2 or at == last:
            first, second = node(other, first), node(other, second)
            while at and not at % 2:
                at, last = at >> 1, last >> 1
        else:
            second = node(second, other)
        at, last = at >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root


# --- signatures -------------------------------------------------------------------------------

P = 2**255 - 19
D = -121665 * pow(121666, P - 2, P) % P
ORDER = 2**252 + 27742317777372353535851937790883648493


def signature_holds(public, signature, text):
    """Ed25519 by the library where it is installed, else by RFC 8032 itself."""
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        return slow_signature_holds(public, signature, text)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, text)
    except (InvalidSignature, ValueError):
        return False
    return True


def slow_signature_holds(public, signature, text):
    """RFC 8032, 5.1.7, in plain Python; a public key and a signature are no secrets."""
    if len(public) != 32 or len(signature) != 64:
        return False
    key, point = unpacked(public), unpacked(signature[:32])
    number = int.from_bytes(signature[32:], "little")
    if key is None or point is None or number >= ORDER:
        return False
    challenge = hashlib.sha512(signature[:32] + public + text).digest()
    times = int.from_bytes(challenge, "little") % ORDER
    return same(multiplied(BASE, number), added(point, multiplied(key, times)))


def unpacked(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    x = P - x if x % 2 != sign else x
    return (x, y, 1, x * y % P)


def added(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def multiplied(point, times):
    result = (0, 1, 1, 0)
    while times:
        if times % 2:
            result = added(result, point)
        point, times = added(point, point), times >> 1
    return result


def same(one, other):
    return not (
        (one[0] * other[2] - other[0] * one[2]) % P or (one[1] * other[2] - other[1] * one[2]) % P
    )


BASE = unpacked((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


# --- keys and checkpoints ---------------------------------------------------------------------


def read_key(text):
    """Name, code and public key of a printed key. Raises Bad."""
    try:
        name, code, key = text.strip().split("+", 2)
        raw = b64decode(key, validate=True)
    except ValueError:
        raise Bad("key_bad") from None
    if (
        len(raw) != 33
        or raw[:1] != b"\x01"
        or sha256(name.encode() + b"\n" + raw)[:4].hex() != code
    ):
        raise Bad("key_bad")
    return name, code, raw[1:]


def signed_text(note, trusted):
    """The text of a note and the printed key that has signed it. Raises Bad."""
    text, _gap, stamps = note.rpartition("\n\n")
    text += "\n"
    for line in stamps.splitlines():
        parts = line.split(" ")
        if len(parts) != 3 or parts[0] != "\u2014":
            continue
        try:
            stamp = b64decode(parts[2], validate=True)
        except ValueError:
            continue
        for printed in trusted:
            name, code, public = read_key(printed)
            known = (parts[1], stamp[:4].hex()) == (name, code)
            if known and signature_holds(public, stamp[4:], text.encode("utf-8")):
                return text, printed
    raise Bad("signature_bad")


def read_checkpoint(text):
    """Origin, size, root and time. Raises Bad."""
    lines = text.splitlines()
    try:
        when = next(line[5:] for line in lines[3:] if line.startswith("time "))
        return lines[0], int(lines[1]), b64decode(lines[2], validate=True), when
    except (StopIteration, ValueError, IndexError):
        raise Bad("signature_bad") from None


def with_successors(trusted, keys):
    """The trusted keys and those that they handed over to."""
    known = [key.strip() for key in trusted]
    for row in keys:
        if row["key"] in known or not row["handover"]:
            continue
        try:
            text, _by = signed_text(row["handover"], known)
        except Bad:
            continue
        if "\nnew {}\n".format(row["key"]) in text:
            known.append(row["key"])
    return known


# --- entries ----------------------------------------------------------------------------------


def commitment(row, name):
    """What stands for a removable column in the hash."""
    value = row["columns"].get(name)
    if name in row.get("removed", {}):
        if value:
            raise Bad("hash_bad", row["columns"]["chain"], row["columns"]["seq"])
        return row["removed"][name]
    if not value:
        return ""
    content = value.encode("utf-8") if isinstance(value, str) else canonical(value)
    return sha256(row["salts"][name].encode() + content).hex()


def entry_hash(row):
    """The hash that the columns of an entry give. Raises Bad and KeyError."""
    columns = row["columns"]
    first = [columns[name] for name in FIRST]
    if row["format"] == 1:
        rest = [columns[name] for name in ("outcome", "reason", "edition", "documents", "facts")]
        return sha256(canonical(first + rest)).hex()
    taken = [commitment(row, name) for name in REMOVABLE]
    return sha256(canonical([2, *first, columns["edition"], columns["documents"], *taken])).hex()


# --- the bundle -------------------------------------------------------------------------------


class Check:
    """Says what holds and what does not, in the language asked for."""

    def __init__(self, language, write=print):
        self.place = ("vi", "en").index(language)
        self.write, self.failed = write, 0

    def text(self, name, *words):
        return TEXTS[name][self.place].format(*words)

    def say(self, state, name, *words):
        self.failed += state == "fails"
        self.write(f"[{self.text(state)}] {self.text(name, *words)}.")

    def attempt(self, step, *arguments):
        """Run one step; what it raises is said, and the next one runs all the same."""
        try:
            return step(self, *arguments)
        except Bad as bad:
            self.say("fails", *bad.args)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            self.say("fails", "unreadable", repr(error))
        return None


def lines_of(bundle, name):
    if name not in bundle.namelist():
        return []
    return [json.loads(line) for line in bundle.read(name).decode("utf-8").splitlines()]


def check_files(check, bundle):
    listed = json.loads(bundle.read("manifest.json"))["files"]
    there = set(bundle.namelist()) - {"manifest.json"}
    bad = [
        name for name in listed
        if name not in there or sha256(bundle.read(name)).hex() != listed[name]
    ]  # fmt: skip
    for name in bad:
        check.say("fails", "file_bad", name)
    for name in sorted(there - set(listed)):
        check.say("fails", "file_extra", name)
    if not bad:
        check.say("holds", "files", len(listed))


def check_signature(check, bundle, key):
    """The checkpoint of the bundle and the keys that are trusted, or None."""
    keys = json.loads(bundle.read("keys.json"))
    note = bundle.read("checkpoint.txt").decode("utf-8")
    if key:
        read_key(key)
    trusted = with_successors([key or keys[0]["key"]], keys)
    text, by = signed_text(note, trusted)
    _origin, size, root, when = read_checkpoint(text)
    check.say("holds", "signed", size, when, by.split("+")[1])
    if not key:
        check.say("open", "key_own", keys[0]["key"])
    return note, size, root, trusted


def check_mine(check, bundle, mine, mark):
    """Compare with the checkpoint that somebody holds."""
    note, size, root, trusted = mark
    if mine is None:
        check.say("open", "mine_none")
        return
    if mine.strip() == note.strip():
        check.say("holds", "mine_same")
        return
    text, _by = signed_text(mine.rstrip("\n") + "\n", trusted)
    _origin, old, old_root, when = read_checkpoint(text)
    if old > size or (old == size and old_root != root):
        raise Bad("mine_bad", old, when)
    for row in lines_of(bundle, "earlier.jsonl"):
        _o, its_size, its_root, _w = read_checkpoint(row["note"].rpartition("\n\n")[0])
        if its_size != old:
            continue
        path = [bytes.fromhex(one) for one in row["path"]]
        if its_root != old_root or not consistent(old, old_root, size, root, path):
            raise Bad("mine_bad", old, when)
        check.say("holds", "mine_earlier", old, when)
        return
    if old_root == root and old == size:
        check.say("holds", "mine_earlier", old, when)
        return
    check.say("open", "mine_unknown", old, when)


def check_earlier(check, bundle, mark):
    _note, size, root, trusted = mark
    rows = lines_of(bundle, "earlier.jsonl")
    for row in rows:
        text, _by = signed_text(row["note"], trusted)
        _origin, old, old_root, when = read_checkpoint(text)
        path = [bytes.fromhex(one) for one in row["path"]]
        if not consistent(old, old_root, size, root, path):
            raise Bad("earlier_bad", old, when)
    check.say("holds", "earlier", len(rows))


def check_hashes(check, rows):
    whole = 0
    for row in rows:
        if row.get("withheld") and row["format"] == 1:
            whole += 1
        elif entry_hash(row) != row["hash"]:
            raise Bad("hash_bad", row["columns"]["chain"], row["columns"]["seq"])
    parts = sum(bool(row.get("removed")) for row in rows)
    check.say("holds", "hashes", len(rows), parts, whole)
    check_erasures(check, rows)


def check_erasures(check, rows):
    """What an entry `erased` names must be gone; what else is gone was left out of the bundle."""
    by_place = {(row["columns"]["chain"], row["columns"]["seq"]): row for row in rows}
    for row in rows:
        columns = row["columns"]
        if columns.get("event") != "erased" or not columns.get("facts"):
            continue
        named = columns["facts"].get("entries", {})
        for seq, names in named.items():
            other = by_place.get((columns["chain"], int(seq)))
            if other and not set(names) <= set(other.get("removed", {})):
                raise Bad("erased_bad", columns["chain"], int(seq), columns["seq"])
        order = columns["facts"].get("document", "")
        check.say("holds", "erased", columns["seq"], order, len(named), len(columns["documents"]))


def check_chain(check, rows, kind):
    if kind != "case":
        check.say("open", "export")
        return
    before, chain = "", rows[0]["columns"]["chain"] if rows else 0
    for number, row in enumerate(rows, 1):
        columns = row["columns"]
        if (columns["chain"], columns["seq"], columns["prev_hash"]) != (chain, number, before):
            raise Bad("chain_bad", chain, number)
        before = row["hash"]
    check.say("holds", "chain", chain, len(rows))


def check_inclusion(check, bundle, rows, mark):
    _note, size, root, _trusted = mark
    proofs = {(one["chain"], one["seq"]): one for one in lines_of(bundle, "proofs.jsonl")}
    for row in rows:
        place = row["columns"]["chain"], row["columns"]["seq"]
        proof = proofs.get(place)
        if proof is None:
            raise Bad("included_bad", *place)
        path = [bytes.fromhex(one) for one in proof["path"]]
        found = root_of_inclusion(leaf(*place, row["hash"]), proof["leaf"], size, path)
        if found != root:
            raise Bad("included_bad", *place)
    check.say("holds", "included", len(rows))


def check_documents(check, bundle, rows):
    named = {one for row in rows for one in row["columns"].get("documents") or []}
    papers = (
        json.loads(bundle.read("documents.json")) if "documents.json" in bundle.namelist() else []
    )
    there = {name for name in bundle.namelist() if name.startswith("documents/")}
    for name in sorted(there):
        digest = name.rpartition("/")[2].partition(".")[0]
        if sha256(bundle.read(name)).hex() != digest or digest not in named:
            raise Bad("document_bad", name)
    missing = [one for one in papers if one["included"] and one["file"] not in there]
    if missing:
        raise Bad("document_bad", missing[0]["file"])
    check.say("holds", "documents", len(there), sum(not one["included"] for one in papers))


def check_rules(check, bundle, site):
    adopted = {(row["columns"]["edition"], row["columns"]["facts"]["digest"]) for row in site}
    names = [name for name in bundle.namelist() if name.startswith("rules/")]
    known = {edition for edition, _digest in adopted}
    for name in names:
        edition = name.rpartition("/")[2][: -len(".json")]
        if edition not in known:
            check.say("open", "rules_open", edition)
        elif (edition, sha256(bundle.read(name)).hex()) not in adopted:
            raise Bad("rules_bad", edition)
    check.say("holds", "rules", len(names))


def verify(path, key=None, mine=None, language="vi", write=print):
    """Check a bundle and say all that was found; how many things do not hold."""
    check = Check(language, write)
    try:
        bundle = zipfile.ZipFile(path)
        kind = json.loads(bundle.read("manifest.json"))["kind"]
        rows, site = lines_of(bundle, "entries.jsonl"), lines_of(bundle, "site.jsonl")
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
        check.say("fails", "unreadable", error)
        return check.failed
    check.attempt(check_files, bundle)
    mark = check.attempt(check_signature, bundle, key)
    check.attempt(check_hashes, rows + site)
    check.attempt(check_chain, rows, kind)
    if mark:
        check.attempt(check_inclusion, bundle, rows + site, mark)
        check.attempt(check_earlier, bundle, mark)
        check.attempt(check_mine, bundle, mine, mark)
    check.attempt(check_documents, bundle, rows)
    check.attempt(check_rules, bundle, site)
    write("")
    write(check.text("unsound", check.failed) if check.failed else check.text("sound"))
    if not check.failed and not (key and mine):
        write(check.text("self"))
    return check.failed


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bundle")
    parser.add_argument("--key", help="public key that you trust: name+code+key")
    parser.add_argument("--checkpoint", help="file with a checkpoint that you hold")
    parser.add_argument("--language", choices=("vi", "en"), default="vi")
    asked = parser.parse_args(arguments)
    mine = None
    if asked.checkpoint:
        with open(asked.checkpoint, encoding="utf-8") as file:
            mine = file.read()
    sys.stdout.reconfigure(encoding="utf-8")
    return 1 if verify(asked.bundle, asked.key, mine, asked.language) else 0


if __name__ == "__main__":
    sys.exit(main())
