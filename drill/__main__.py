"""Run a drill: python -m drill tamper."""

import argparse
import os
import sys

import django


def main() -> int:
    parser = argparse.ArgumentParser(prog="script/drill", description=__doc__)
    parser.add_argument("drill", choices=["tamper"])
    parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workflow_site.settings")
    os.environ.setdefault("SECRET_KEY", "only-for-drills-" + "x" * 50)
    os.environ.setdefault("DJANGO_DEBUG", "1")
    django.setup()
    from drill.tamper import main as tamper

    return tamper()


if __name__ == "__main__":
    sys.exit(main())
