"""Numbers of documents: one row for an organ, a type and a term, without gaps or doubles.

The sequence runs through the term of the committee, not the calendar year
(Hướng dẫn 36-HD/VPTW) [recalled: unverified].
"""

from datetime import date

from django.db import transaction

from processes.dossiers.models import NumberSequence, NumberSymbol, Term
from processes.organisation.units import Unit


@transaction.atomic
def take_number(organ: Unit, kind: str, *, on: date) -> str:
    """The next number and symbol, as "127-QĐ/TU"; waits for others who take one.

    It belongs to the caller's transaction: if that fails, the number is free again.
    """
    term = Term.on(organ, on)
    symbol = NumberSymbol.of(organ)
    NumberSequence.objects.get_or_create(organ=organ, kind=kind, term=term)
    sequence = NumberSequence.objects.select_for_update(no_key=True).get(
        organ=organ, kind=kind, term=term
    )
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return symbol.pattern % {"number": sequence.last, "kind": kind, "symbol": symbol.symbol}
