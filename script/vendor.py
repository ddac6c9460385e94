"""Copy what the pages use of the front-end packages into static/vendor, and nothing else."""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"

FILES = {
    "@tabler/core/dist/css/tabler.min.css": "tabler/tabler.min.css",
    "@tabler/icons-webfont/dist/tabler-icons.min.css": "icons/tabler-icons.min.css",
    "@tabler/icons-webfont/dist/fonts/tabler-icons.woff2": "icons/fonts/tabler-icons.woff2",
    "bpmn-js/dist/bpmn-navigated-viewer.production.min.js": "bpmn/bpmn-navigated-viewer.min.js",
    "bpmn-js/dist/assets/diagram-js.css": "bpmn/diagram-js.css",
    "bpmn-js/dist/assets/bpmn-js.css": "bpmn/bpmn-js.css",
    "bpmn-js/LICENSE": "bpmn/LICENSE",
    "chart.js/dist/chart.umd.min.js": "chart/chart.umd.min.js",
    # For reports as PDF: a font that has every Vietnamese letter.
    "dejavu-fonts-ttf/ttf/DejaVuSans.ttf": "fonts/DejaVuSans.ttf",
    "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf": "fonts/DejaVuSans-Bold.ttf",
    "htmx.org/dist/htmx.min.js": "htmx/htmx.min.js",
    "htmx-ext-ws/dist/ws.min.js": "htmx/ws.min.js",
}
SOURCE_MAP = re.compile(r"(/\*|//)# sourceMappingURL=\S+( ?\*/)?")
# Every browser that the site supports reads woff2.
OLDER_FONTS = re.compile(r',\s*url\("[^"]+\.(woff|ttf)\?[^"]*"\) format\("(woff|truetype)"\)')


def copy(source: Path, target: Path) -> None:
    """Copy a file; a style sheet or script without pointers to files that are not copied."""
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix not in {".css", ".js"}:
        shutil.copyfile(source, target)
        return
    text = SOURCE_MAP.sub("", source.read_text(encoding="utf-8"))
    target.write_text(OLDER_FONTS.sub("", text), encoding="utf-8")


if __name__ == "__main__":
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in FILES.items():
        copy(PACKAGES / source, VENDOR / target)
