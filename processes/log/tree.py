"""The arithmetic of the Merkle tree: RFC 9162 section 2.1 over stored tiles; knows no framework.

A tile holds up to 256 hashes beside each other. Tiles of level 0 hold the hashes of leaves; a hash
of level 1 is the root of a full tile of level 0, and so on. A tree of ten million leaves has
four levels, so a proof reads about as many tiles and hashes what lies between.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import reduce
from hashlib import sha256

HEIGHT = 8
WIDTH = 1 << HEIGHT
BYTES = 32

#: Level and place of a tile; its hashes one after the other. What is not there yet is empty.
Tile = tuple[int, int]
Read = Callable[[int, int], bytes]
ReadAll = Callable[[Iterable[Tile]], Mapping[Tile, bytes]]
#: From one leaf up to another, which is not in it.
Span = tuple[int, int]

EMPTY = sha256(b"").digest()


def leaf_hash(chain: int, seq: int, entry_hash: str) -> bytes:
    """The hash of an entry as a leaf: the JSON of its chain, its number and its own hash."""
    return sha256(f'\0[{chain},{seq},"{entry_hash}"]'.encode()).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def fold(hashes: bytes) -> bytes:
    """The root over hashes beside each other, as many as a power of two."""
    row = [hashes[at : at + BYTES] for at in range(0, len(hashes), BYTES)]
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def grown(read: Read, size: int, leaves: Iterable[bytes]) -> Mapping[Tile, bytes]:
    """The tiles that change when these leaves follow the first `size`."""
    changed: dict[Tile, bytes] = {}
    for number, leaf in enumerate(leaves, start=size):
        level, at, told = 0, number, leaf
        while True:
            key = (level, at // WIDTH)
            tile = changed.get(key)
            if tile is None:
                tile = read(*key)[: at % WIDTH * BYTES]
            changed[key] = tile + told
            if at % WIDTH < WIDTH - 1:
                break
            level, at, told = level + 1, at // WIDTH, fold(changed[key])
    return changed


class Tree:
    """Questions to the tree as it was when it had so many leaves; each reads once."""

    def __init__(self, read: ReadAll) -> None:
        self._read = read
        self._tiles: dict[Tile, bytes] = {}

    def root(self, size: int) -> bytes:
        """The root of the first `size` leaves."""
        return self._over([(0, size)])[0] if size else EMPTY

    def inclusion(self, number: int, size: int) -> list[bytes]:
        """The hashes that lead from a leaf to the root (RFC 9162, 2.1.3.1)."""
        path, start, end = [], 0, size
        while end - start > 1:
            middle = start + _half(end - start)
            if number < middle:
                path.append((middle, end))
                end = middle
            else:
                path.append((start, middle))
                start = middle
        return self._over(path[::-1])

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The hashes that show that the new tree only continues the old one (2.1.4.1)."""
        if not 0 < old < new:
            return []
        path, start, end, whole = [], 0, new, True
        while old != end:
            middle = start + _half(end - start)
            if old <= middle:
                path.append((middle, end))
                end = middle
            else:
                path.append((start, middle))
                start, whole = middle, False
        return self._over([*([] if whole else [(start, end)]), *path[::-1]])

    def _over(self, spans: Sequence[Span]) -> list[bytes]:
        """The roots over the leaves of each span, which begins where a whole subtree does."""
        wholes = [_wholes(*span) for span in spans]
        wanted = {_place(*whole)[0] for parts in wholes for whole in parts}
        if missing := wanted - self._tiles.keys():
            self._tiles.update(self._read(missing))
        return [reduce(_under, map(self._whole, reversed(parts))) for parts in wholes]

    def _whole(self, whole: Span) -> bytes:
        """The root over a power of two of leaves: of hashes of one tile, on its level."""
        key, begin, width = _place(*whole)
        hashes = self._tiles.get(key, b"")[begin * BYTES : (begin + width) * BYTES]
        if len(hashes) != width * BYTES:
            raise LookupError(f"The tile {key[0]}/{key[1]} is not as long as it must be.")
        return fold(hashes)


def _wholes(start: int, end: int) -> list[Span]:
    """A span as whole subtrees, the largest first, which is how it hangs in the tree."""
    found = []
    while width := end - start:
        if width & (width - 1):
            width = _half(width)
        found.append((start, start + width))
        start += width
    return found


def _under(right: bytes, left: bytes) -> bytes:
    return node_hash(left, right)


def _place(start: int, end: int) -> tuple[Tile, int, int]:
    """The tile in which a whole subtree begins, where in it, and how many hashes it has there."""
    level, height = 0, (end - start).bit_length() - 1
    while height >= HEIGHT:
        level, height = level + 1, height - HEIGHT
    at = start >> (HEIGHT * level)
    return (level, at // WIDTH), at % WIDTH, 1 << height


def _half(width: int) -> int:
    """The largest power of two below a number above one."""
    return 1 << ((width - 1).bit_length() - 1)
