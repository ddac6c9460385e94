"""Administration of structure, people and the rules that are kept as rows."""

from typing import Any

from django.contrib import admin
from django.db.models import Model

from permissions.administration import TrailedAdmin, TrailedInline
from processes.dossiers.models import NumberSymbol, Term
from processes.organisation.bodies import Body, Composition, Membership
from processes.organisation.elections import Election, ElectionDeadline
from processes.organisation.people import (
    AssetDeclaration,
    Cadre,
    Degree,
    Discipline,
    Evaluation,
    HealthCertificate,
    Kinship,
    PendingMatter,
    Planning,
    PostHeld,
)
from processes.organisation.positions import (
    Competence,
    Position,
    StandardCondition,
    TitleGroup,
    TitleStandard,
)
from processes.organisation.units import LaneUnit, Level, Unit, UnitName
from processes.rotation.missions import ChosenPost, ProductTargetSet
from processes.rotation.schemes import RotationScheme, SchemeTarget
from processes.standards.models import TrainingCourse

#: Facts with the columns that refer to long lists, which are searched instead.
FACTS: dict[type[Model], tuple[str, ...]] = {
    PostHeld: ("position", "unit"),
    Planning: ("unit",),
    Degree: (),
    Evaluation: (),
    Discipline: (),
    PendingMatter: (),
    HealthCertificate: (),
    AssetDeclaration: (),
    Kinship: ("relative",),
}


def inline(of: type[Model], searched: tuple[str, ...] = (), fk: str | None = None) -> type[Any]:
    """Rows of a model on the page of what they belong to."""
    options = {"model": of, "autocomplete_fields": searched, "fk_name": fk}
    return type(f"{of.__name__}Inline", (TrailedInline,), options)


@admin.register(Level)
class LevelAdmin(TrailedAdmin):
    """Tiers of the system."""

    list_display = ("code", "name", "rank")


@admin.register(Unit)
class UnitAdmin(TrailedAdmin):
    """Organs and localities; a merger ends the old unit and names its successor."""

    list_display = ("code", "name", "level", "parent", "valid_from", "valid_to")
    list_filter = ("level", ("valid_to", admin.EmptyFieldListFilter))
    list_select_related = ("level", "parent")
    search_fields = ("code", "name")
    autocomplete_fields = ("parent", "province", "successor")
    inlines = (inline(UnitName),)


@admin.register(LaneUnit)
class LaneUnitAdmin(TrailedAdmin):
    """Which unit stands in a lane of the procedures."""

    list_display = ("lane", "unit", "consulted", "province", "valid_from", "valid_to")
    list_select_related = ("unit", "province")
    autocomplete_fields = ("unit", "province")


@admin.register(TitleGroup)
class TitleGroupAdmin(TrailedAdmin):
    """Titles that the same rules treat alike, with their standards."""

    list_display = ("code", "name", "rank")
    inlines = (inline(TitleStandard),)


@admin.register(TitleStandard)
class TitleStandardAdmin(TrailedAdmin):
    """What a holder of a title must be."""

    list_display = ("group", "political_theory", "degrees", "confidence", "valid_from", "valid_to")
    list_filter = ("confidence",)
    autocomplete_fields = ("province",)
    inlines = (inline(StandardCondition),)


@admin.register(TrainingCourse)
class TrainingCourseAdmin(TrailedAdmin):
    """Courses that close a gap in the standards of a title."""

    list_display = ("name", "gives", "level", "offered")
    list_filter = ("gives", "offered")
    autocomplete_fields = ("province",)


@admin.register(Competence)
class CompetenceAdmin(TrailedAdmin):
    """The competence matrix."""

    list_display = ("group", "action", "deciding_body", "policy_request", "valid_from", "valid_to")
    list_filter = ("action", "policy_request", "confidence")
    list_select_related = ("group",)
    autocomplete_fields = ("province",)


@admin.register(Position)
class PositionAdmin(TrailedAdmin):
    """Posts that cadres are appointed to."""

    list_display = ("code", "title", "unit", "group", "kind", "is_head", "valid_from", "valid_to")
    list_filter = ("kind", "group")
    list_select_related = ("unit", "group")
    search_fields = ("code", "title", "unit__name")
    autocomplete_fields = ("unit",)


@admin.register(Cadre)
class CadreAdmin(TrailedAdmin):
    """People, with the facts that eligibility needs."""

    list_display = ("full_name", "code", "unit", "born_on", "sex", "theory")
    list_filter = ("sex", "theory")
    list_select_related = ("unit",)
    search_fields = ("code", "family_name", "middle_name", "given_name")
    autocomplete_fields = ("unit", "origin", "user")
    inlines = tuple(inline(model, searched, "cadre") for model, searched in FACTS.items())


class FactAdmin(TrailedAdmin):
    """One kind of fact about all cadres: for import and export."""

    list_display = ("cadre", "__str__")
    list_select_related = ("cadre",)
    search_fields = ("cadre__code", "cadre__family_name", "cadre__given_name")


for _fact, _searched in FACTS.items():
    _options = {"autocomplete_fields": ("cadre", *_searched)}
    admin.site.register(_fact, type(f"{_fact.__name__}Admin", (FactAdmin,), _options))


@admin.register(Body)
class BodyAdmin(TrailedAdmin):
    """Collectives that sit and vote, with their members."""

    list_display = ("name", "kind", "unit", "valid_from", "valid_to")
    list_filter = ("kind",)
    list_select_related = ("unit",)
    search_fields = ("name", "unit__name")
    autocomplete_fields = ("unit",)
    inlines = (inline(Membership, ("cadre",)),)


@admin.register(Membership)
class MembershipAdmin(TrailedAdmin):
    """Seats in bodies: for import and export."""

    list_display = ("body", "cadre", "seat", "votes", "valid_from", "valid_to")
    list_filter = ("seat", "votes")
    list_select_related = ("body", "cadre")
    search_fields = ("body__name", "cadre__family_name", "cadre__given_name")
    autocomplete_fields = ("body", "cadre")


@admin.register(Composition)
class CompositionAdmin(TrailedAdmin):
    """Which body sits at which conference."""

    list_display = ("conference", "body_kind", "edition", "group", "province", "valid_from")
    list_filter = ("conference", "confidence")
    list_select_related = ("group", "province")
    autocomplete_fields = ("province",)


@admin.register(Election)
class ElectionAdmin(TrailedAdmin):
    """Elections of deputies with the days by which their parts are over."""

    list_display = ("name", "held_on", "province", "confidence")
    list_select_related = ("province",)
    autocomplete_fields = ("province",)
    inlines = (inline(ElectionDeadline),)


@admin.register(Term)
class TermAdmin(TrailedAdmin):
    """Terms of the committee, through which numbers of documents run."""

    list_display = ("name", "province", "valid_from", "valid_to")
    list_select_related = ("province",)
    autocomplete_fields = ("province",)


@admin.register(NumberSymbol)
class NumberSymbolAdmin(TrailedAdmin):
    """How an organ writes its numbers."""

    list_display = ("organ", "symbol", "pattern")
    list_select_related = ("organ",)
    search_fields = ("symbol", "organ__name")
    autocomplete_fields = ("organ",)


@admin.register(RotationScheme)
class RotationSchemeAdmin(TrailedAdmin):
    """Rotation schemes of a term with their targets."""

    list_display = ("title", "term", "province", "valid_from", "valid_to")
    list_select_related = ("province",)
    autocomplete_fields = ("province",)
    inlines = (inline(SchemeTarget, ("unit",)),)


@admin.register(ProductTargetSet)
class ProductTargetSetAdmin(TrailedAdmin):
    """Which posts are evaluated by products."""

    list_display = ("title", "province", "confidence", "valid_from", "valid_to")
    list_select_related = ("province",)
    autocomplete_fields = ("province",)
    inlines = (inline(ChosenPost, ("position",)),)
