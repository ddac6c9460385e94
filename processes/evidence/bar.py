"""How far a command is: a bar on a terminal, a line now and then elsewhere."""

from collections.abc import Callable
from time import monotonic
from typing import Any

WIDTH = 30


class Bar:
    """Draws on the stream of a command; `titles` say what is read."""

    def __init__(self, stream: Any, titles: dict[str, str], clock: Callable[[], float] = monotonic):
        self._stream, self._titles, self._clock = stream, titles, clock
        self._stage, self._began, self._tenth = "", 0.0, 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        if stage != self._stage:
            self._stage, self._began, self._tenth = stage, self._clock(), 0
        share = done / total if total else 1.0
        pace = done / max(self._clock() - self._began, 0.001)
        title = self._titles.get(stage, stage)
        text = f"{title}: {share:4.0%}  {done:,}/{total:,}  {pace:,.0f}/s"
        if self._stream.isatty():
            filled = "#" * int(share * WIDTH)
            self._stream.write(f"\r[{filled:-<{WIDTH}}] {text}   ", ending="")
            if done >= total:
                self._stream.write("")
        elif int(share * 10) > self._tenth:
            self._tenth = int(share * 10)
            self._stream.write(text)
