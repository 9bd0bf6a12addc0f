# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: ai-check contributors
"""The programs that benchmarks use: what they analyse, and with what."""
import os, pathlib, sys

PACKAGE = pathlib.Path(__file__).resolve().parents[1]
BUILD = pathlib.Path(os.environ.get("AICHECK_BUILD", PACKAGE / ".build/release"))
CORPUS = pathlib.Path(os.environ.get("AICHECK_CORPUS", pathlib.Path.home() / ".cache/ai-check/corpus"))
# A run that takes longer is ended.
SECONDS = float(os.environ.get("AICHECK_SECONDS", "900"))


def programs(names):
    """Those named, or all of the corpus; ends the program if there are none or nothing to analyse them with."""
    if not (BUILD / "ai-check").exists():
        sys.exit(f"There is no {BUILD / 'ai-check'}: `make build` makes it; AICHECK_BUILD names another folder.")
    found = names or sorted(path.parent.name for path in CORPUS.glob("*/compile_commands.json"))
    missing = [name for name in found if not (CORPUS / name / "compile_commands.json").exists()]
    if missing or not found:
        sys.exit(f"There is no {', '.join(missing) or 'program'} in {CORPUS}: `make corpus` fetches programs; AICHECK_CORPUS may "
                 "name a folder whose subfolders have a compile_commands.json.")
    return found
