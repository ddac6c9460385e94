"""How long a search takes among very many cases: python -m bench.search [CASES] [ROUNDS].

Works on the PostgreSQL server of DATABASE_URL, in a database of its own that it drops. Prints what
it found as JSON on the last line; what it is doing goes to stderr. People search who see one unit,
and one who sees the whole province; each word is looked for by the next person in turn.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import cycle, islice
from time import perf_counter
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.ours.settings")

CADRES = 50_000
FAMILIES = ("Nguyễn",) * 8 + ("Trần",) * 3 + ("Lê", "Lê", "Phạm", "Đặng", "Vũ", "Đỗ", "Hoàng")
MIDDLE = ("Văn", "Thị", "Đức", "Thị Thanh", "Minh", "Quang", "Hữu")
GIVEN = (
    "An", "Anh", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hà", "Hằng", "Hải", "Huyền", "Khánh",
    "Lan", "Linh", "Long", "Mai", "Minh", "Nam", "Nga", "Ngọc", "Phúc", "Phương", "Quân", "Sơn",
    "Tâm", "Thảo", "Thắng", "Trang", "Tuấn", "Yến",
)  # fmt: skip
PAPER = (
    "case_id", "item", "title", "file", "mime", "size", "sha256", "issued_on", "number",
    "uploaded_by_id", "uploaded_at",
)  # fmt: skip
#: What is typed: frequent, rare, one row, nearly nothing, several words, a slip of the pen.
TYPED = {
    "a frequent name": "nguyen",
    "two letters": "ng",
    "three words": "dang thi lan",
    "beginnings of words": "ng v huy",
    "a case number": "BN-0123456",
    "a decision number": "40321-QĐ/TU",
    "a position": "pho thu truong",
    "nothing has it": "zzzz",
    "a slip of the pen": "nguyxn",
}


def fill(count: int) -> Any:
    """A province, and so many cases with a signed decision each."""
    from django.db import connection

    from bench.bulk import load, quickly
    from bench.ours import filling, province
    from bench.shape import Shape
    from processes.cases.models import Case, Participant
    from processes.dossiers.models import Document
    from processes.organisation.people import Cadre
    from processes.search import upkeep
    from processes.search.models import SearchEntry

    shape = Shape(tasks=0)
    cases = list(islice(_cases(shape), count))
    with quickly([*province.TABLES, Case, Participant, Document]):
        province.build(shape)
        Cadre.objects.all().delete()
        load(Cadre, ("code", "family_name", "middle_name", "given_name", "name_sort", "born_on",
                     "sex", "unit_id", "theory"), _cadres(shape))  # fmt: skip
        filling.load_cases(cases)
        oc = province.organ("OC").pk
        load(Participant, ("case_id", "unit_id"), (
            (case.number, unit) for case in cases for unit in (case.unit, oc)
        ))  # fmt: skip
        load(Document, PAPER, map(_decision, cases))
    tell("words")
    with quickly([SearchEntry]):
        upkeep.rebuild(connection)
    return shape


def _cases(shape: Any) -> Iterator[Any]:
    from bench.shape import CaseRow

    number = 0
    while True:
        number += 1
        unit = number % shape.units + 1
        yield CaseRow(number, unit, [], number % 10 > 0, None, [unit, unit, unit])


def _cadres(shape: Any) -> Iterator[tuple[Any, ...]]:
    from datetime import date

    names = zip(cycle(FAMILIES), cycle(MIDDLE), cycle(GIVEN), strict=False)
    for number, name in enumerate(islice(names, CADRES), start=1):
        unit = number % shape.units + 1
        yield (f"{number:012d}", *name, "\\x00", date(1980, 1, 1), "female", unit, "none")


def _decision(case: Any) -> tuple[Any, ...]:
    return (
        case.number, "decision", "Quyết định bổ nhiệm", "x", "application/pdf", 1,
        f"{case.number:064x}", case.created.date(), f"{case.number}-QĐ/TU", case.doers[0],
        case.created,
    )  # fmt: skip


def measure(shape: Any, rounds: int) -> dict[str, Any]:
    """A search while typing, for each thing typed: by people of units, and over the province."""
    from bench.clock import timed
    from bench.ours import province
    from bench.ours.measuring import signed_in
    from permissions.catalogue import Role
    from permissions.grants import grant
    from permissions.models import User

    reader = User.objects.create(username="reader")
    grant(reader, Role.OC_HEAD, province.organ("OC"), by=None, since=province.SINCE)
    whole = [signed_in(reader.pk)]
    units = [signed_in(number) for number in shape.measured()]
    found = {}
    for name, text in TYPED.items():
        for who, clients in (("one unit", units), ("the province", whole)):
            found[f"{name}, {who}"] = timed(_searches(clients, text, rounds))
    found["list of cases by a frequent name"] = timed(_lists(whole, "nguyen", rounds))
    found["list of cases by three words"] = timed(_lists(whole, "dang thi lan", rounds))
    return found


def _searches(clients: list[Any], text: str, rounds: int) -> Iterator[Callable[[], None]]:
    for client in islice(cycle(clients), rounds):
        yield partial(_get, client, "/search/", text, {"HX-Request": "true"})


def _lists(clients: list[Any], text: str, rounds: int) -> Iterator[Callable[[], None]]:
    for client in islice(cycle(clients), rounds):
        yield partial(_get, client, "/cases/", text, {})


def _get(client: Any, url: str, text: str, headers: dict[str, str]) -> None:
    assert client.get(url, {"q": text}, headers=headers).status_code == 200


def tell(what: str) -> None:
    print(f"  search: {what} ({perf_counter() - STARTED:.0f} s)", file=sys.stderr)


def main(count: int = 1_000_000, rounds: int = 26) -> None:
    import django

    django.setup()
    from bench.bulk import scratch_database

    with scratch_database("search"):
        tell(f"filling {count} cases")
        shape = fill(count)
        tell("measuring")
        found = measure(shape, rounds)
    tell("done")
    print(json.dumps({"cases": count, "found": found, "load": os.getloadavg()[0]}))


STARTED = perf_counter()

if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
