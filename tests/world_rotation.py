"""What a rotation needs besides the small world: a receiving unit, its head, and a scheme."""

from dataclasses import dataclass, field

from permissions.catalogue import Role
from permissions.grants import grant
from processes.organisation.positions import Competence, Position
from processes.organisation.units import Unit
from processes.rotation.schemes import RotationScheme
from tests.world import SINCE, World, make_cadre, make_user, small_world


@dataclass
class RotationWorld(World):
    """The small world; its people of SNV may be rotated to STC or UBND."""

    posts: dict[str, Position] = field(default_factory=dict)
    scheme: RotationScheme | None = None

    @property
    def source(self) -> Unit:
        """Where the people work who may be rotated."""
        return self.units["SNV"]


def rotation_world() -> RotationWorld:
    """Build it on top of the small world."""
    small = small_world()
    world = RotationWorld(**vars(small))
    province = world.units["P26"]
    for action in ("rotate", "nominate"):
        Competence.objects.create(
            province=province, group=world.group, action=action, policy_request=True,
            deciding_body="standing_committee", valid_from=SINCE, source="test",
        )  # fmt: skip
    world.people["dst_head"] = make_user("dst_head")
    grant(world.people["dst_head"], Role.UNIT_HEAD, world.units["STC"], by=None, since=SINCE)
    for name, unit, kind in (
        ("party", "STC", "party"), ("state", "STC", "state"), ("home", "SNV", "party"),
        ("higher", "UBND", "party"),
    ):  # fmt: skip
        world.posts[name] = Position.objects.create(
            code=f"LC-{name}", unit=world.units[unit], title="Phó giám đốc", group=world.group,
            kind=kind, valid_from=SINCE,
        )  # fmt: skip
    make_cadre(world.units["UBKTTU"])
    world.scheme = RotationScheme.objects.create(
        province=province, term="2025-2030", title="Đề án luân chuyển 2025-2030", valid_from=SINCE
    )
    return world
