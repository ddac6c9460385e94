"""A bundle is checked by a program that knows nothing of ours, and every change of it is found."""

import json
import shlex
import shutil
import subprocess
import sys
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.urls import reverse
from pypdf import PdfReader

from processes.audit.models import AuditEntry, Event
from processes.conferences.models import Conference
from processes.evidence.bundle import VERIFIER
from processes.evidence.models import Inquiry
from processes.log.checkpoints import checkpoint
from processes.log.keys import new_key
from processes.log.models import Checkpoint
from verifier.verify_evidence import signature_holds, slow_signature_holds, verify

pytestmark = pytest.mark.stands("check_dossier")


@pytest.fixture
def made(key, walk, browser, tmp_path):
    """Asks for a bundle as an inspector does, and gives its file."""

    def make(**form):
        inspector = browser("inspector")
        asked = inspector.post(reverse("case_evidence", args=[walk.case.pk]), form).url
        inspector.post(f"{asked}work/")
        path = tmp_path / "bundle.zip"
        answer = inspector.get(f"{asked}file.zip")
        path.write_bytes(b"".join(answer.streaming_content))
        return path

    return make


def changed(path, name, change):
    """A copy of the bundle with one file changed, and a manifest that fits it."""
    from hashlib import sha256

    other = path.with_name("changed.zip")
    with ZipFile(path) as old, ZipFile(other, "w", ZIP_DEFLATED) as new:
        content = {one: old.read(one) for one in old.namelist()}
        content[name] = change(content[name].decode()).encode()
        manifest = json.loads(content["manifest.json"])
        manifest["files"][name] = sha256(content[name]).hexdigest()
        content["manifest.json"] = json.dumps(manifest).encode()
        for one, raw in content.items():
            new.writestr(one, raw)
    return other


def said(path, *held):
    """What the verifier says in English, line by line."""
    lines = []
    verify(path, *held, language="en", write=lines.append)
    return "\n".join(lines)


def lines_of(path, name):
    with ZipFile(path) as bundle:
        return [json.loads(line) for line in bundle.read(name).decode().splitlines()]


def test_it_holds_on_a_machine_without_the_project(made, key, tmp_path):
    mine = checkpoint(by=None)
    (tmp_path / "mine.checkpoint").write_text(mine.note, "utf-8")
    path = made(with_papers="on")
    program = shutil.copy(VERIFIER, tmp_path / "verify_evidence.py")
    command = [sys.executable, "-I", program, path, "--key", str(key), "--language", "en",
               "--checkpoint", tmp_path / "mine.checkpoint"]  # fmt: skip
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)  # noqa: S603
    out = done.stdout.decode()
    assert done.returncode == 0, out
    assert "CONCLUSION: nothing was found to be altered." in out
    assert "FAILS" not in out
    assert "[OPEN]" not in out


def test_the_command_that_is_printed_and_shown_can_be_typed_as_it_stands(
    made, key, browser, tmp_path
):
    """Of what the page offers: the file, and the note of the checkpoint, under their names."""
    path, inspector = made(), browser("inspector")
    asked = Inquiry.objects.get()
    page = inspector.get(reverse("inquiry", args=[asked.pk]))
    typed = page.context["check"]
    assert f'<code class="text-break">{typed}</code>' in page.content.decode()
    for address in (
        reverse("inquiry_file", args=[asked.pk]),
        reverse("checkpoint_note", args=[asked.found["checkpoint"]]),
    ):
        answer = inspector.get(address)
        name = answer["Content-Disposition"].split('"')[1]
        (tmp_path / name).write_bytes(answer.getvalue())
    with ZipFile(path) as bundle:
        bundle.extract("verify_evidence.py", tmp_path)
        pages = PdfReader(bundle.open("report.pdf")).pages
        printed = "".join("".join(one.extract_text().split()) for one in pages)
    assert "".join(typed.split()) in printed
    assert str(key) in typed
    command = [sys.executable, *shlex.split(typed)[1:]]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stdout.decode()
    assert "[SAI]" not in done.stdout.decode()


def test_it_says_the_same_in_vietnamese(made, key):
    lines = []
    assert verify(made(), write=lines.append) == 0
    assert "KẾT LUẬN: không phát hiện thay đổi nào." in lines


def test_it_holds_the_whole_chain_up_to_its_own_request(made, walk):
    rows = lines_of(made(), "entries.jsonl")
    assert [row["columns"]["seq"] for row in rows] == list(range(1, walk.case.entries.count() + 1))
    assert rows[-1]["columns"]["event"] == Event.BUNDLED


def test_its_checkpoint_is_mailed_to_nobody(made, settings):
    settings.LOG_MAIL = ["inspector@example.vn"]
    made()
    assert [copy.kind for copy in Checkpoint.objects.get().deliveries.all()] == ["drop"]


def test_asking_for_it_is_an_entry(made, walk, world):
    made(with_hidden="on")
    entry = walk.case.entries.get(event=Event.BUNDLED)
    assert (entry.by, entry.role) == (world["inspector"], "inspector")
    assert (entry.facts["papers"], entry.facts["hidden"]) == (False, True)


def test_papers_procedure_rules_and_report_lie_in_it(made, walk):
    with ZipFile(made(with_papers="on", with_hidden="on")) as bundle:
        names = bundle.namelist()
        assert sum(name.startswith("documents/") for name in names) == (
            walk.case.documents.values("sha256").distinct().count()
        )
        assert b"bpmn:process" in bundle.read("procedure/procedure.bpmn")
        assert {f"rules/{key}.json" for key in walk.case.editions} <= set(names)


def test_the_report_can_be_read_with_vietnamese_letters(made, walk, tmp_path):
    with ZipFile(made()) as bundle:
        bundle.extract("report.pdf", tmp_path)
    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "report.pdf").pages)
    assert walk.case.code in text
    assert "Phó giám đốc" in text


def test_without_papers_they_are_named_by_their_digest(made):
    path = made()
    with ZipFile(path) as bundle:
        papers = json.loads(bundle.read("documents.json"))
        assert not any(name.startswith("documents/") for name in bundle.namelist())
    assert papers
    assert not any(paper["included"] for paper in papers)
    assert verify(path, write=lambda _line: None) == 0


def test_hidden_results_are_left_out_by_digest_and_the_proofs_hold(made, walk):
    Conference.objects.filter(case=walk.case).update(announced=False)
    path = made(with_papers="on")
    closed = [r for r in lines_of(path, "entries.jsonl") if r["columns"]["event"] == "vote_closed"]
    assert closed
    assert all("facts" not in row["columns"] and row["removed"]["facts"] for row in closed)
    assert "with parts left out" in said(path)
    assert "FAILS" not in said(path)


def test_rules_of_whose_adoption_nothing_is_known_are_left_open(made):
    path = changed(made(), "site.jsonl", lambda _text: "")
    assert "[OPEN] The trail does not say that the rules R377_2025" in said(path)


def test_an_entry_of_the_first_format_is_left_out_whole(key, walk):
    from processes.evidence.rows import line_of

    entry = AuditEntry.objects.filter(chain=walk.case.pk).first()
    entry.format = 1
    line = line_of(entry, ["facts"])
    assert line["withheld"]
    assert set(line["columns"]) == {"chain", "seq", "prev_hash"}


@pytest.mark.parametrize(
    ("name", "old", "new", "finding"),
    [
        ("entries.jsonl", '"outcome": "submit"', '"outcome": "other"', "is not what was recorded"),
        ("entries.jsonl", '"seq": 3', '"seq": 33', "is broken at entry 3"),
        ("proofs.jsonl", '"leaf": 1', '"leaf": 2', "is not in the log"),
        ("rules/R377_2025.json", "R377", "R378", "is not the one that was adopted"),
        ("checkpoint.txt", "\ntime 2", "\ntime 3", "No trusted key has signed"),
    ],
)
def test_a_change_is_found_even_with_a_manifest_that_fits(made, name, old, new, finding):
    path = made(with_papers="on")
    other = changed(path, name, lambda text: text.replace(old, new))
    assert finding in said(other)
    assert "DO NOT HOLD" in said(other)


def test_a_changed_paper_is_found(made):
    path = made(with_papers="on", with_hidden="on")
    with ZipFile(path) as bundle:
        name = next(one for one in bundle.namelist() if one.startswith("documents/"))
    other = path.with_name("other.zip")
    with ZipFile(path) as old, ZipFile(other, "w") as new:
        for one in old.namelist():
            new.writestr(one, old.read(one) + (b"x" if one == name else b""))
    assert "is not the one that the trail names" in said(other)


def test_a_missing_entry_is_found(made):
    drop = lambda text: "\n".join(text.splitlines()[:2] + text.splitlines()[3:])  # noqa: E731
    assert "broken at entry 3" in said(changed(made(), "entries.jsonl", drop))


def test_another_key_has_not_signed_it(made, key, settings, tmp_path):
    path = made()
    settings.LOG_KEYS = tmp_path / "others"
    from processes.log.notes import Verifier

    assert "No trusted key" in said(path, str(Verifier("procedures.example.vn", b"k" * 32)))


def test_the_first_key_is_enough_after_a_change(made, key):
    new_key()
    assert "FAILS" not in said(made(), str(key))


def test_a_checkpoint_of_a_rewritten_log_does_not_agree(made, key):
    mine = checkpoint(by=None).note
    path = made()
    assert "was only continued" in said(path, str(key), mine)
    with ZipFile(path) as bundle:
        now = bundle.read("checkpoint.txt").decode()
    assert "is the one of the bundle" in said(path, str(key), now)


def test_the_slow_signature_is_that_of_the_library():
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    secret = Ed25519PrivateKey.generate()
    public, text = secret.public_key().public_bytes_raw(), "chữ ký".encode()
    good = secret.sign(text)
    for holds in (signature_holds, slow_signature_holds):
        assert holds(public, good, text)
        assert not holds(public, good, text + b".")
        assert not holds(public, bytes([good[0] ^ 1]) + good[1:], text)


def test_without_a_key_it_says_what_to_do(walk, browser):
    inspector = browser("inspector")
    asked = inspector.post(reverse("case_evidence", args=[walk.case.pk])).url
    inspector.post(f"{asked}work/")
    assert Inquiry.objects.get().state == Inquiry.State.FAILED
    assert "log_key --new" in inspector.get(asked).content.decode()


def test_another_inspectors_evidence_does_not_exist_for_one(made, browser, world, walk):
    made()
    asked = Inquiry.objects.get()
    Inquiry.objects.update(by=world["clerk"])
    assert browser("inspector").get(reverse("inquiry_file", args=[asked.pk])).status_code == 404


def test_it_is_made_once(made, key, browser):
    made()
    before = Inquiry.objects.get()
    browser("inspector").post(reverse("inquiry_work", args=[before.pk]))
    assert Inquiry.objects.get().sha256 == before.sha256
