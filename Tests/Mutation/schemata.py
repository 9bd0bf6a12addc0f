# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: ai-check contributors
"""Writes a copy of the package in which each chosen site is the original or its mutant, as a number from outside says,
and builds it: one build for all mutants."""
import os, pathlib, re, shutil, subprocess

# Each mutated target has its own: targets import nothing that they do not declare. Number 0 is no mutant; -1 is none
# either, and notes which mutants' places are reached.
SELECTOR = """
import Glibc

@usableFromInline let aicheckMutant: Int = getenv("AICHECK_MUTANT").map { atol($0) } ?? 0

@usableFromInline nonisolated(unsafe) let aicheckReached = UnsafeMutablePointer<Bool>.allocate(capacity: CAPACITY)

@usableFromInline let aicheckNotes: Int32 = {
    aicheckReached.initialize(repeating: false, count: CAPACITY)
    guard let path = getenv("AICHECK_REACHED") else { return -1 }
    return open(path, O_WRONLY | O_APPEND | O_CREAT, 0o644)
}()

@usableFromInline func aicheckNote(_ number: Int) {
    let file = aicheckNotes
    if file < 0 || aicheckReached[number] { return }
    aicheckReached[number] = true
    var digits = Array("\\(number)\\n".utf8)
    _ = write(file, &digits, digits.count)
}

@inlinable @inline(__always) func isMutant(_ number: Int) -> Bool {
    if aicheckMutant >= 0 { return aicheckMutant == number }
    aicheckNote(number)
    return false
}
"""
COPIED = ["Package.swift", "Package.resolved", "Sources", "Domains", "AuditBundles", "Tests", "Examples", "README.md",
          "SOUNDNESS.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile", "LICENSE", "Benchmarks",
          ".swift-format", ".ci"]


def rewritten(text, number, mutant):
    """`text[start:end]` of the mutant's file as code that is either."""
    original = text[mutant.start:mutant.end]
    chosen = f"isMutant({number})"
    if mutant.shape == "condition":
        return f"({chosen} ? ({mutant.mutant}) : ({original}))"
    if mutant.shape in ("value", "body"):
        if original.startswith("try "):
            return f"try ({chosen} ? ({mutant.mutant[4:]}) : ({original[4:]}))"
        return f"{chosen} ? ({mutant.mutant}) : ({original})"
    if mutant.shape == "return":
        return f"{original}"
    if not mutant.mutant:
        return f"if !{chosen} {{ {original} }}"
    return f"if {chosen} {{ {mutant.mutant} }} else {{ {original} }}"


def mutated(text, chosen):
    """The text with all its mutants, from the last to the first. Lines keep their numbers."""
    for number, mutant in sorted(chosen, key=lambda item: -item[1].start):
        if mutant.shape == "return":
            start = text.rindex("return", 0, mutant.start)
            text = f"{text[:start]}if isMutant({number}) {{ return {mutant.mutant} }}; {text[start:]}"
        else:
            text = text[:mutant.start] + rewritten(text, number, mutant) + text[mutant.end:]
    return text


def write_if_changed(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


class Tree:
    """The copy of the package, and its build."""

    def __init__(self, package, scratch):
        self.package, self.scratch = package, scratch
        self.folder, self.build_folder = scratch / "tree", scratch / "build"
        self.programs = self.build_folder / "debug"

    def copy(self, untouched):
        """Everything but the mutated files, whose times would otherwise change and cost a build."""
        wanted = set()
        for name in COPIED:
            source = self.package / name
            files = [source] if source.is_file() else sorted(p for p in source.rglob("*") if p.is_file())
            for path in files:
                relative = path.relative_to(self.package)
                if "__pycache__" in relative.parts:
                    continue
                wanted.add(relative)
                target = self.folder / relative
                if str(relative) in untouched:
                    continue
                if not target.exists() or target.read_bytes() != path.read_bytes():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, target)
        for path in self.folder.rglob("*"):
            if path.is_file() and path.relative_to(self.folder) not in wanted and path.name != "MutantSelector.swift":
                path.unlink()

    def write(self, numbered, targets, capacity):
        by_file = {}
        for number, mutant in numbered.items():
            by_file.setdefault(mutant.file, []).append((number, mutant))
        self.copy(set(by_file))
        for name, chosen in by_file.items():
            write_if_changed(self.folder / name, mutated((self.package / name).read_text(), chosen))
        for target in targets:
            write_if_changed(self.folder / target / "MutantSelector.swift", SELECTOR.replace("CAPACITY", str(capacity)))

    def build(self, log):
        """The places of the compiler's errors; None if there are none."""
        command = ["swift", "build", "--build-tests", "--package-path", str(self.folder), "--scratch-path",
                   str(self.build_folder), "-Xswiftc", "-continue-building-after-errors", "-Xswiftc",
                   "-suppress-warnings"]
        process = subprocess.run(command, capture_output=True, text=True, errors="replace")
        log.write_text(process.stdout + process.stderr)
        if process.returncode == 0:
            return None
        places = set()
        for path, line in re.findall(r"^(/[^\n:]+\.swift):(\d+):\d+: error:", process.stdout + process.stderr, re.M):
            try:
                places.add((str(pathlib.Path(path).relative_to(self.folder)), int(line)))
            except ValueError:
                pass
        return places
