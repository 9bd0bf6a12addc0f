# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: ai-check contributors
"""Runs fixtures and tests against one mutant, the cheapest first, until one fails."""
import concurrent.futures, dataclasses, importlib.machinery, importlib.util, json, os, pathlib, re, signal
import subprocess, tempfile, threading, time

# These read the sources, which the copy has changed, or do what `compare` does, or use no target that has mutants.
LEFT_OUT = re.compile(
    r"^(Architecture|CheckerAgreement|EvidenceBundle|ProgramIR|CSyntax|LibraryModels)Tests\."
    r"|FixtureTests/verdictsAreAsAnnotated")
QUICK = 0.7


def load_compare(package):
    loader = importlib.machinery.SourceFileLoader("compare", str(package / "Tests/Fixtures/compare"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("compare", loader))
    loader.exec_module(module)
    return module


@dataclasses.dataclass
class Check:
    """A fixture (its path) or a test (its name), how long it takes, and the mutants whose places it reaches."""
    name: object
    seconds: float
    reached: set


class Detection:
    def __init__(self, tree, jobs, most=1 << 30):
        """`most` is how many fixtures are tried on one mutant."""
        self.tree, self.jobs, self.most = tree, jobs, most
        self.compare = load_compare(tree.folder)
        self.runner = tree.programs / "ai-checkPackageTests.xctest"
        os.environ.setdefault("AICHECK_SEED", "1")
        os.environ.update(AI_CHECK=str(tree.programs / "ai-check"), SWIFT_BACKTRACE="enable=no")
        self.fixtures, self.tests = [], []
        self.memory = tree.scratch / "reached.json"
        self.notes = json.loads(self.memory.read_text()) if self.memory.exists() else {}
        self.successes = {}
        self.lock = threading.Lock()

    # Without a mutant.

    def baseline(self, seconds):
        """Runs everything without a mutant, and notes what reaches which. Returns what fails. Tests that take longer
        than the given time are left out."""
        listed = subprocess.run([self.runner, "--testing-library", "swift-testing", "--list-tests"],
                                capture_output=True, text=True).stdout.split("\n")
        tests = [name for name in listed if "/" in name and not LEFT_OUT.search(name)]
        paths = sorted(self.compare.ROOT.rglob("*.c"))
        limit = min(seconds, 900)
        with concurrent.futures.ThreadPoolExecutor(self.jobs) as pool:
            fixtures = list(pool.map(lambda path: self.noted(path, self.fixture), paths))
            suites = list(pool.map(lambda name: self.noted(name, lambda n, e: self.run_tests([n], e, limit)), tests))
        if seconds < 900:
            suites = [(failure, check) for failure, check in suites if "no end within" not in (failure or "")]
        self.memory.write_text(json.dumps(self.notes))
        self.fixtures = [check for _, check in fixtures if check.reached]
        self.tests = [check for _, check in suites if check.reached]
        failures = [f"{check.name}: {failure}" for failure, check in fixtures + suites if failure]
        return failures, len(fixtures), len(suites)

    def noted(self, name, run):
        """Its failure and its check; what an earlier run noted of the same programs is taken over."""
        program = os.stat(self.tree.programs / "ai-check" if isinstance(name, pathlib.Path) else self.runner)
        stamp = [program.st_mtime_ns, name.stat().st_mtime_ns if isinstance(name, pathlib.Path) else 0]
        with self.lock:
            known = self.notes.get(str(name))
        if known and known[0] == stamp:
            return None, Check(name, known[1], set(known[2]))
        failure, check = self.newly_noted(name, run)
        if not failure:
            with self.lock:
                self.notes[str(name)] = [stamp, check.seconds, sorted(check.reached)]
        return failure, check

    def newly_noted(self, name, run):
        with tempfile.NamedTemporaryFile("r") as notes:
            started = time.monotonic()
            failure = run(name, {"AICHECK_MUTANT": "-1", "AICHECK_REACHED": notes.name})
            seconds = time.monotonic() - started
            return failure, Check(name, seconds, {int(line) for line in notes.read().split()})

    # With one.

    def fixture(self, path, environment, seconds=60):
        found, _, _ = self.compare.examine(path, environment, seconds)
        if not found:
            return None
        kind, text = next((item for item in found if item[0] == "missing alarm"), found[0])
        return f"{path.relative_to(self.compare.ROOT)}: {kind}"

    def run_tests(self, names, environment, seconds):
        """Why one of the tests fails, or None. Stops at the first that does."""
        pattern = "^(" + "|".join(re.escape(name).replace("\\ ", " ") for name in names) + ")"
        process = subprocess.Popen(
            [self.runner, "--testing-library", "swift-testing", "--filter", pattern],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", start_new_session=True,
            env={**os.environ, **environment})
        timed_out = threading.Event()

        def stop():
            timed_out.set()
            end(process)

        timer = threading.Timer(seconds, stop)
        timer.start()
        failure, last = None, ""
        try:
            for line in process.stdout:
                line = re.sub(r"\x1b\[\d*m", "", line).strip()
                # Of a crash, what the program said of it; the rest is a list of addresses.
                if line and "Fatal error" not in last:
                    last = line
                if match := re.search(r"✘ Test (\S+) (?:with .* )?recorded an issue", line):
                    failure = match[1]
                    break
            else:
                process.wait()
        finally:
            timer.cancel()
            end(process)
        if failure:
            return self.longer_name(failure, names)
        if timed_out.is_set():
            return f"{self.longer_name('', names)}: no end within {seconds:.0f} s"
        if process.returncode:
            return f"{self.longer_name('', names)}: stopped by {process.returncode}: {last[:80]}"
        if " 0 tests" in last:
            return f"{names[0]}: the test was not found"
        return None

    def longer_name(self, failure, names):
        found = [name for name in names if failure and name.endswith("/" + failure)]
        return found[0] if found else (names[0] if len(names) == 1 else f"{names[0].split('/')[0]} and others")

    def catch(self, number, group):
        """What catches the mutant: (a description, None), or (None, what it reached)."""
        environment = {"AICHECK_MUTANT": str(number)}
        fixtures = [check for check in self.fixtures if number in check.reached]
        # The newest are the most likely to have been written for it.
        fixtures = sorted(fixtures, key=lambda check: -check.name.stat().st_mtime)[:self.most]
        tests = sorted((check for check in self.tests if number in check.reached), key=lambda check: check.seconds)
        own = [check for check in tests if check.name.startswith(group.tests)] if group.tests else []
        others = [check for check in tests if check not in own]
        stages = [lambda: self.catch_by_tests(own, environment), lambda: self.catch_by_fixtures(fixtures, environment),
                  lambda: self.catch_by_tests(others, environment)]
        for stage in stages:
            if caught := stage():
                return caught, None
        if not fixtures and not tests:
            return None, "nothing reaches it"
        return None, f"{len(fixtures)} fixtures and {len(tests)} tests reach it"

    def catch_by_fixtures(self, fixtures, environment):
        with self.lock:
            order = sorted(fixtures, key=lambda check: (-self.successes.get(check.name, 0), check.seconds))
        for check in order:
            if failure := self.fixture(check.name, environment, max(10, 20 * check.seconds)):
                if failure.endswith("timeout"):
                    failure = self.fixture(check.name, environment, max(30, 40 * check.seconds))
                    if not failure:
                        continue
                with self.lock:
                    self.successes[check.name] = self.successes.get(check.name, 0) + 1
                return failure
        return None

    def catch_by_tests(self, tests, environment):
        quick = [check for check in tests if check.seconds < QUICK]
        batches = ([quick] if quick else []) + [[check] for check in tests if check.seconds >= QUICK]
        for batch in batches:
            limit = 30 + 6 * sum(check.seconds for check in batch)
            if failure := self.run_tests([check.name for check in batch], environment, limit):
                return failure
        return None


def end(process):
    """Ends what we started: the process and what it started, all of which are in its session, if not in its group."""
    for entry in pathlib.Path("/proc").iterdir():
        try:
            if entry.name.isdigit() and os.getsid(int(entry.name)) == process.pid:
                os.kill(int(entry.name), signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            pass
    process.stdout.close()
    process.wait()
