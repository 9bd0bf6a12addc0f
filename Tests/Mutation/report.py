# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: ai-check contributors
"""The list of mutants judged equivalent, and the report."""
import re

ENTRY = re.compile(r"^\* `(.*)` -> (?:`(.*)`|left out): (.+)$")


def read_equivalent(path):
    """{(file, original, mutant): reason}"""
    result, file = {}, None
    for line in path.read_text().splitlines() if path.exists() else []:
        if line.startswith("## "):
            file = line[3:].strip()
        elif match := ENTRY.match(line):
            result[file, match[1], match[2] or ""] = match[3]
    return result


def change(mutant):
    return f"`{mutant.original}` -> " + (f"`{mutant.mutant}`" if mutant.mutant else "left out")


def written(path, results, equivalent, dropped, groups, words):
    """Writes the report; returns caught and total of all groups, without the equivalent ones."""
    lines = ["# Mutants", "", *words, "", "| group | caught | of | per cent | equivalent | did not compile |",
             "|---|---:|---:|---:|---:|---:|"]
    all_caught = all_counted = 0
    for group in groups:
        here = [(m, caught) for m, g, caught, _ in results if g == group.name]
        judged = [m for m, caught in here if not caught and m.key in equivalent]
        caught, counted = sum(1 for _, c in here if c), len(here) - len(judged)
        all_caught, all_counted = all_caught + caught, all_counted + counted
        lost = sum(1 for _, g in dropped if g == group.name)
        percent = 100 * caught / max(1, counted)
        lines.append(f"| {group.name} | {caught} | {counted} | {percent:.0f} | {len(judged)} | {lost} |")
    lines.append(f"| all | {all_caught} | {all_counted} | {100 * all_caught / max(1, all_counted):.0f} | | |")

    def section(title, chosen):
        lines.extend(["", f"## {title}: {len(chosen)}", ""])
        for mutant, group, note in chosen:
            lines.append(f"* {mutant.file}:{mutant.line} ({group}, {mutant.kind}): {change(mutant)}: {note}")

    section("Not caught", [(m, g, reach) for m, g, caught, reach in results if not caught and m.key not in equivalent])
    section("Equivalent",
            [(m, g, equivalent[m.key]) for m, g, caught, _ in results if not caught and m.key in equivalent])
    wrong = [(m, g, f"but it is listed as equivalent; caught by {caught}") for m, g, caught, _ in results
             if caught and m.key in equivalent]
    if wrong:
        section("Listed as equivalent, but caught", wrong)
    section("Caught", [(m, g, caught) for m, g, caught, _ in results if caught])
    section("Did not compile", [(m, g, m.kind) for m, g in dropped])
    path.write_text("\n".join(lines) + "\n")
    return all_caught, all_counted
