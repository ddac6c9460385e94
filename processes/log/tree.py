"""The arithmetic of the Merkle tree: RFC 9162 section 2.1 over stored tiles; knows no framework.

A tile holds up to 256 hashes beside each other. Tiles of level 0 hold the hashes of leaves; a hash
of level 1 is the root of a full tile of level 0, and so on. A tree of ten million leaves has
four levels, so a proof reads about as many tiles and hashes what lies between.
"""

from collections.abc import Callable, Iterable, Mapping
from hashlib import sha256

HEIGHT = 8
WIDTH = 1 << HEIGHT
BYTES = 32

#: Level and place of a tile; its hashes one after the other. What is not there yet is empty.
Tile = tuple[int, int]
Read = Callable[[int, int], bytes]

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
    """Questions to the tree as it was when it had so many leaves."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self._tiles: dict[Tile, bytes] = {}

    def root(self, size: int) -> bytes:
        """The root of the first `size` leaves."""
        return self._over(0, size) if size else EMPTY

    def inclusion(self, number: int, size: int) -> list[bytes]:
        """The hashes that lead from a leaf to the root (RFC 9162, 2.1.3.1)."""
        path, start, end = [], 0, size
        while end - start > 1:
            middle = start + _half(end - start)
            if number < middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, old: int, new: int) -> list[bytes]:
        """The hashes that show that the new tree only continues the old one (2.1.4.1)."""
        if not 0 < old < new:
            return []
        path, start, end, whole = [], 0, new, True
        while old != end:
            middle = start + _half(end - start)
            if old <= middle:
                path.append(self._over(middle, end))
                end = middle
            else:
                path.append(self._over(start, middle))
                start, whole = middle, False
        return [*([] if whole else [self._over(start, end)]), *path[::-1]]

    def _over(self, start: int, end: int) -> bytes:
        """The root over the leaves from `start`, where a whole subtree begins, up to `end`."""
        width = end - start
        if width & (width - 1) == 0:
            return self._whole(start, width)
        middle = start + _half(width)
        return node_hash(self._whole(start, middle - start), self._over(middle, end))

    def _whole(self, start: int, width: int) -> bytes:
        """The root over a power of two of leaves: of hashes of one tile, on its level."""
        level, height = 0, width.bit_length() - 1
        while height >= HEIGHT:
            level, height = level + 1, height - HEIGHT
        at = start >> (HEIGHT * level)
        key = (level, at // WIDTH)
        if key not in self._tiles:
            self._tiles[key] = self._read(*key)
        begin = at % WIDTH * BYTES
        hashes = self._tiles[key][begin : begin + (BYTES << height)]
        if len(hashes) != BYTES << height:
            raise LookupError(f"The tile {level}/{at // WIDTH} is not as long as it must be.")
        return fold(hashes)


def _half(width: int) -> int:
    """The largest power of two below a number above one."""
    return 1 << ((width - 1).bit_length() - 1)
