"""What a teller typed in: every line of the slip, and every equation that does not hold."""

from collections.abc import Mapping

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _

from processes.conferences.sentences import inequality_text
from processes.conferences.tally import Count, Inequality, Rule, check

#: The field that is marked for an equation with several numbers: the one to look at first.
_MARKED = {
    "issued_over_present": "issued",
    "issued_over_voters": "issued",
    "collected_over_issued": "collected",
    "slips_do_not_add_up": "collected",
    "blank_over_invalid": "blank",
    "more_names_than_slips": "valid",
    "more_names_than_seats": "valid",
    "agree_over_valid": "agree",
    "answers_over_valid": "disagree",
}

Problems = dict[str, list[str]]


def check_count(count: Count, rule: Rule, names: Mapping[int, str]) -> None:
    """Refuse a count that leaves out or adds a line, or that cannot be.

    Raises ValidationError with all problems at once, each at its field.
    """
    problems = _line_problems(count, rule, names)
    if not problems:
        for broken in check(count, rule):
            said = inequality_text(broken, name=names.__getitem__)
            problems.setdefault(_field(broken), []).append(said)
    if problems:
        raise ValidationError(problems)


def _line_problems(count: Count, rule: Rule, names: Mapping[int, str]) -> Problems:
    wanted = ("agree", "disagree") if rule.ballot == "agree_disagree" else ("agree",)
    problems: Problems = {
        f"{column}_{line}": [
            _("Enter the votes of %(name)s, 0 if there are none.") % {"name": name}
        ]
        for column in wanted
        for line, name in names.items()
        if line not in getattr(count, column)
    }
    if set(count.candidates) - names.keys():
        problems[NON_FIELD_ERRORS] = [
            _("This count names somebody who is not on the slip; count such slips as invalid.")
        ]
    return problems


def _field(broken: Inequality) -> str:
    if broken.code == "slip_has_no_disagree":  # there is no such field to mark
        return NON_FIELD_ERRORS
    name = _MARKED.get(broken.code) or broken.fields[0]
    return name if broken.candidate is None else f"{name}_{broken.candidate}"
