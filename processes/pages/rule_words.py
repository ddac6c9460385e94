"""The values of an edition's parameters in words, whatever their shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from permissions.checks import today
from processes.organisation.bodies import Body
from processes.pages.procedure import CONFIDENCE, length_of
from processes.pages.rule_names import name_of
from processes.pages.wanted import REQUIRED
from processes.rules import Parameter, in_year
from processes.rules.edition import Confidence
from processes.rules.schema import ONLY_STATED

#: What the choices of the schema are called.
CHOICES = {
    **dict(Body.Kind.choices),
    **REQUIRED,
    "summoned": gettext_lazy("everybody summoned"),
    "all_go_needs_ruling": gettext_lazy("all of them go on; it takes a ruling"),
    "explain_and_report": gettext_lazy("it is explained in writing and reported"),
    "dossier_receipt": gettext_lazy("the day on which the dossier is received"),
    "excellent": gettext_lazy("completed excellently"),
    "good": gettext_lazy("completed well"),
    "completed": gettext_lazy("completed"),
    "submission": gettext_lazy("the day of the submission"),
    "decision": gettext_lazy("the day of the decision"),
    "source": gettext_lazy("the unit where the person works"),
    "destination": gettext_lazy("the unit where the post is"),
    "unit": gettext_lazy("the unit"),
    "head": gettext_lazy("the head, who is waited for"),
    "competent_level": gettext_lazy("the competent level"),
    "appointing_level": gettext_lazy("the appointing level"),
    "organ": gettext_lazy("organ"),
    "type": gettext_lazy("type of document"),
    "term": pgettext_lazy("of a committee", "term"),
    "year": gettext_lazy("year"),
    "quarter": gettext_lazy("quarter"),
    "finish_under_old": gettext_lazy("they finish under it"),
    "move_to_new": gettext_lazy("they go on under the next one"),
    "conference": gettext_lazy("the conference"),
    "committee": gettext_lazy("the committee"),
    "stop_and_ask": gettext_lazy("the election stops and the superior is asked"),
    "go_on": gettext_lazy("the election goes on"),
    "prime_minister": gettext_lazy("the Prime Minister"),
    "provincial_chair": gettext_lazy("the chair of the provincial People's Committee"),
    "title": gettext_lazy("for this title"),
    "equivalent": gettext_lazy("for this or an equivalent title"),
    "equivalent_or_higher": gettext_lazy("for this, an equivalent or a higher title"),
    "outstanding_only": gettext_lazy("for outstanding cadres only"),
    "not_stated": gettext_lazy("the edition says nothing of it"),
    "politburo_only": gettext_lazy("only by the Politburo"),
    "open": gettext_lazy("open vote"),
    "secret": gettext_lazy("secret ballot"),
    "one_name": gettext_lazy("one name on the slip"),
    "names": gettext_lazy("several names on the slip"),
    "agree_disagree": gettext_lazy("agree or disagree"),
    "minutes": gettext_lazy("agreement by minutes"),
    "collect_names": gettext_lazy("names are collected"),
    "over_half_or_top2": gettext_lazy("over half, otherwise the highest"),
    "consult": gettext_lazy("consultation"),
    "over_half_highest": gettext_lazy("over half and the highest"),
    "over_half": gettext_lazy("over half"),
    "each_over": gettext_lazy("each above the threshold"),
    "elect": gettext_lazy("over half, as many as are elected"),
    "head_decides": gettext_lazy("at exactly half the head decides"),
}  # fmt: skip

#: What the fields of a value of several parts are called; the others speak for themselves.
FIELDS = {
    "least": gettext_lazy("at least"),
    "most": gettext_lazy("at most"),
    "surplus": gettext_lazy("surplus"),
    "staff": gettext_lazy("staff"),
    "leaders": gettext_lazy("leaders"),
    "party_cell": gettext_lazy("a Party cell"),
    "points": gettext_lazy("points"),
    "late_percent": gettext_lazy("late, per cent at most"),
    "all_done": gettext_lazy("all tasks done"),
    "province": gettext_lazy("province"),
    "district": gettext_lazy("district"),
    "commune": gettext_lazy("commune"),
}


#: What the editions write where no article is known, or where there can be none.
_UNSAID = {"chưa xác định": gettext_lazy("article not known"), "-": ""}


@dataclass(frozen=True)
class RuleTold:
    """A parameter as a page says it; the key is there for whoever looks it up."""

    key: str
    name: Any
    value: str
    article: str
    confidence: Any
    stated_in: str
    source: str


def told_rule(parameter: Parameter) -> RuleTold:
    """The parameter in the language of the page."""
    return RuleTold(
        key=parameter.key,
        name=name_of(parameter),
        value=_with_note(parameter),
        article=str(_UNSAID.get(parameter.article, parameter.article)),
        confidence=_sure(parameter),
        stated_in=parameter.stated_in,
        source=parameter.source,
    )


def _with_note(parameter: Parameter) -> str:
    """The value, and where the site does nothing with it, a word on that."""
    if parameter.key not in ONLY_STATED:
        return value_told(parameter)
    said = _("%(value)s (stated only: the site computes nothing from it)")
    return said % {"value": value_told(parameter)}


def _sure(parameter: Parameter) -> Any:
    """How sure the value is; what is taken over is not confirmed by that."""
    if parameter.inherited and parameter.confidence == Confidence.VERIFIED:
        return _("taken over from an earlier edition, not confirmed for this one")
    return CONFIDENCE[parameter.confidence]


def value_told(parameter: Parameter) -> str:
    """A value in words, with its unit."""
    value = parameter.value
    if not isinstance(value, Mapping):
        return _plain(value, parameter.unit)
    shapes: tuple[tuple[str, Callable[[Any], str]], ...] = (
        ("name_vi", _paper), ("vote", _conference), ("den", _share),
    )  # fmt: skip
    for field, told in shapes:
        if field in value:
            return told(value)
    if all(isinstance(year, int) for year in value):
        return _by_year(value)
    return ", ".join(_part(name, one, parameter.unit) for name, one in value.items())


def _plain(value: Any, unit: str | None = None) -> str:
    if value is None:
        return _("not set")
    if isinstance(value, bool):
        return pgettext("value", "yes") if value else pgettext("value", "no")
    if isinstance(value, tuple):
        return ", ".join(map(_plain, value))
    return _amount(value, unit) if isinstance(value, int) else str(CHOICES.get(value, value))


def _amount(value: int, unit: str | None) -> str:
    """A number with its unit."""
    if unit in ("working_day", "day", "month"):
        return length_of(value, unit)
    said = {
        "year": ngettext("%(number)s year", "%(number)s years", value),
        "person": ngettext("%(number)s person", "%(number)s people", value),
        "percent": "%(number)s%%",
    }.get(unit or "", "%(number)s")
    return said % {"number": value}


def _share(value: Mapping[str, Any]) -> str:
    """A part of the whole; a strict one must be more."""
    share = f"{value['num']}/{value['den']}"
    if value.get("strict"):
        share = _("more than %(share)s") % {"share": share}
    if "of" not in value:
        return share
    return _("%(share)s of %(whole)s") % {"share": share, "whole": _plain(value["of"])}


def _conference(value: Mapping[str, Any]) -> str:
    """Who sits, how they vote and what the votes decide."""
    parts = [value[name] for name in ("body", "vote", "ballot", "rule", "at_half")]
    said = [_plain(part) for part in parts if part not in (None, "none")]
    said += [_("the result is announced") if value["announced"] else _("not announced")]
    return ", ".join(said)


def _paper(value: Mapping[str, Any]) -> str:
    """When a paper is needed, and how long it counts."""
    said = [_plain(value["required"])]
    if value["valid_months"]:
        said.append(_("counts for %(time)s") % {"time": length_of(value["valid_months"], "month")})
    return ", ".join(said)


def _by_year(value: Mapping[int, int]) -> str:
    """Months by year: what holds this year, in years and months."""
    year = today().year
    years, months = divmod(in_year(value, year), 12)
    said = [_amount(years, "year"), *([length_of(months, "month")] if months else [])]
    return _("%(time)s in %(year)s, by year") % {"time": " ".join(said), "year": year}


def _part(name: str, value: Any, unit: str | None) -> str:
    return f"{FIELDS.get(name, name)}: {_plain(value, unit)}"
