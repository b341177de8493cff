"""Runs the parts that are asked for, each with every client that this machine can build."""

import argparse
import sys

import frames
import golden
import harness
import locks
import readme
from programs import Wine, all_clients, build_dotnet

PARTS = {"readme": readme.run, "golden": golden.run, "frames": frames.run, "locks": locks.run}
UNDER_WINE = ("frames", "locks")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*")
    parser.add_argument("--no-build", action="store_true")
    parser.add_argument("--wine", nargs=3, metavar=("WINE", "PUBLISHER", "PEER"))
    options = parser.parse_args()
    wine = Wine(*options.wine) if options.wine else None
    parts = options.parts or (UNDER_WINE if wine else tuple(PARTS))
    try:
        if not options.no_build and not wine:
            build_dotnet()
        clients = all_clients(wine)
        for part in parts:
            harness.side_by_side(PARTS[part], clients)
    finally:
        harness.end_children()
    return harness.report()


if __name__ == "__main__":
    sys.exit(main())
