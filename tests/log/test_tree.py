"""The tree is the one of RFC 9162: another library finds the same roots and proofs."""

import random

import pytest
from pymerkle import InmemoryTree

from processes.log.tree import EMPTY, Tree, grown, leaf_hash
from verifier.verify_evidence import consistent, root_of_inclusion

LEAVES = 3_000
SIZES = [1, 2, 3, 7, 8, 9, 63, 64, 65, 255, 256, 257, 511, 512, 513, 1000, LEAVES]


def content(number):
    return f'[7,{number},"{number:064x}"]'.encode()


@pytest.fixture(scope="module")
def theirs():
    tree = InmemoryTree(algorithm="sha256")
    tree.append_entries([content(number) for number in range(LEAVES)])
    return tree


@pytest.fixture(params=[3, 8], ids=["four levels", "two levels"])
def ours(request, monkeypatch):
    """Grown in portions of all sizes; small tiles give as many levels as a large tree has."""
    monkeypatch.setattr("processes.log.tree.HEIGHT", request.param)
    monkeypatch.setattr("processes.log.tree.WIDTH", 1 << request.param)
    tiles: dict[tuple[int, int], bytes] = {}
    size, chance = 0, random.Random(1)  # noqa: S311

    def read(level, place):
        return tiles.get((level, place), b"")

    while size < LEAVES:
        more = min(chance.choice([1, 2, 8, 200, 257]), LEAVES - size)
        leaves = [leaf_hash(7, n, f"{n:064x}") for n in range(size, size + more)]
        tiles.update(grown(read, size, leaves))
        size += more
    return Tree(lambda wanted: {key: read(*key) for key in wanted})


def pairs(count):
    chance = random.Random(2)  # noqa: S311
    for _turn in range(count):
        later = chance.randint(2, LEAVES)
        yield chance.randint(1, later - 1), later


@pytest.mark.parametrize("size", SIZES)
def test_the_root_is_the_one_of_the_other_library(ours, theirs, size):
    assert ours.root(size) == theirs.get_root(size)


def test_an_empty_tree_has_the_hash_of_nothing(ours):
    assert ours.root(0) == EMPTY


def test_proofs_of_inclusion_hold_the_hashes_of_the_other_library(ours, theirs):
    for number, size in pairs(200):
        leaf = leaf_hash(7, number - 1, f"{number - 1:064x}")
        path = ours.inclusion(number - 1, size)
        assert sorted([leaf, *path]) == sorted(theirs.prove_inclusion(number, size).path)
        assert root_of_inclusion(leaf, number - 1, size, path) == theirs.get_root(size)


def test_proofs_of_consistency_lead_from_root_to_root_of_the_other_library(ours, theirs):
    for old, new in [*pairs(200), (256, 1000), (1, 2), (512, LEAVES)]:
        path = ours.consistency(old, new)
        roots = theirs.get_root(old), theirs.get_root(new)
        assert consistent(old, roots[0], new, roots[1], path)
        assert not consistent(old, roots[1], new, roots[1], path)
        assert not consistent(old, roots[0], new, roots[1], path[:-1])


def test_what_did_not_grow_needs_no_proof(ours):
    assert ours.consistency(300, 300) == ours.consistency(0, 300) == []


def test_a_tile_that_is_too_short_gives_no_root(ours):
    with pytest.raises(LookupError):
        ours.root(LEAVES + 256)
