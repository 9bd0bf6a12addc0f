# SPDX-License-Identifier: Apache-2.0
# SPDX-FileCopyrightText: ai-check contributors
"""Finds places in Swift text that can be mutated, and the mutations of each.

There is no parser here: a site is a condition, an initial or assigned value, a returned value or a statement whose
extent brackets and line ends tell. What is misread does not compile, and is left out by whoever builds it.
"""
import dataclasses, re


@dataclasses.dataclass(frozen=True)
class Mutant:
    file: str
    line: int
    last_line: int
    start: int
    end: int
    shape: str      # condition, value, return, body, statement
    original: str   # the text from start to end, on one line
    mutant: str     # what stands there instead; empty for a statement that is left out
    kind: str

    @property
    def key(self):
        return self.file, self.original, self.mutant


SWAPS = [
    ("comparison", r"(?<= )<(?= )", "<="), ("comparison", r"(?<= )<=(?= )", "<"),
    ("comparison", r"(?<= )>(?= )", ">="), ("comparison", r"(?<= )>=(?= )", ">"),
    ("equality", r"(?<= )==(?= )", "!="), ("equality", r"(?<= )!=(?= )", "=="),
    ("connective", r"(?<= )&&(?= )", "||"), ("connective", r"(?<= )\|\|(?= )", "&&"),
    ("sign", r"(?<= )\+(?= )", "-"), ("sign", r"(?<= )-(?= )", "+"),
    ("shift", r"(?<= )<<(?= )", ">>"), ("shift", r"(?<= )>>(?= )", "<<"),
    ("off by one", r" [+-] 1(?![\w.])", ""), ("off by one", r"(?<= )&[+-] 1(?![\w.])", "&+ 0"),
    ("extreme", r"(?<![\w])min\(", "max("), ("extreme", r"(?<![\w])max\(", "min("),
    ("bound", r"\.lower\b", ".upper"), ("bound", r"\.upper\b", ".lower"),
    ("bound", r"\.lowerBound\b", ".upperBound"), ("bound", r"\.upperBound\b", ".lowerBound"),
    ("bound", r"\.minimum\b", ".maximum"), ("bound", r"\.maximum\b", ".minimum"),
    ("operation", r"\.join\(", ".meet("), ("operation", r"\.meet\(", ".join("),
    ("operation", r"\badd(ing)?\(", r"subtract\1("), ("operation", r"\bsubtract(ing)?\(", r"add\1("),
    ("operation", r"\bunion\(", "intersection("), ("operation", r"\bintersection\(", "union("),
    ("operation", r"\.allSatisfy\b(?! \{)", ".contains"), ("operation", r"\.first\b", ".last"),
    ("operation", r"\.last\b", ".first"), ("operation", r"\bceil", "floor"), ("operation", r"\bfloor", "ceil"),
    ("rounding", r"\.up\b", ".down"), ("rounding", r"\.down\b", ".up"),
    ("rounding", r"\.nextUp\b", ".nextDown"), ("rounding", r"\.nextDown\b", ".nextUp"),
    ("truth", r"\btrue\b", "false"), ("truth", r"\bfalse\b", "true"),
    ("negation", r"(?<![\w)\]])!(?=[\w(])", ""), ("minus", r"(?<=[( ])-(?=[a-z(])", ""),
]
NUMBER = re.compile(r"(?<![\w.$)\]])(\d+)(?![\w.])")


def masked(text):
    """The text with comments as blanks and what is in strings as dots, so that only code can match."""
    out, i, n = list(text), 0, len(text)

    def string(i):
        quote = '"""' if text.startswith('"""', i) else '"'
        i += len(quote)
        while i < n and not text.startswith(quote, i):
            if text[i] == "\\" and i + 1 < n and text[i + 1] == "(":
                depth, i = 1, i + 2
                while i < n and depth:
                    if text[i] == '"':
                        i = string(i)
                        continue
                    depth += {"(": 1, ")": -1}.get(text[i], 0)
                    i += 1
                continue
            i += 2 if text[i] == "\\" else 1
        return i + len(quote)

    while i < n:
        end = i
        if text.startswith("//", i):
            end = text.find("\n", i)
            end = n if end < 0 else end
            fill = " "
        elif text.startswith("/*", i):
            end = text.find("*/", i)
            end = n if end < 0 else end + 2
            fill = " "
        elif text[i] == '"':
            end, fill = string(i), "\x01"
        if end > i:
            for k in range(i, min(end, n)):
                if out[k] != "\n":
                    out[k] = fill
            i = end
        else:
            i += 1
    return "".join(out)


CONTINUES = re.compile(r"\s*(&&|\|\||\?|:|\+|-|\*|\.|==|!=|<|>|\||&|/|%|=)")
WANTS_MORE = re.compile(r"(&&|\|\||\?|:|\+|-|\*|==|!=|<|>|=|,|\breturn)$")


def extent(code, start, stop=""):
    """Where the expression or statement at `start` ends, or None if that is not clear; a condition at its `stop`."""
    depth, i, braces = 0, start, 0
    while i < len(code):
        c = code[i]
        if c in "([{":
            if c == "{" and depth == 0 and stop == "{":
                return i
            depth += 1
            braces += c == "{"
        elif c in ")]}":
            if depth == 0:
                return i
            depth -= 1
            braces -= c == "}"
        elif c == "\n" and not (depth == 0 and stop == "else" and re.match(r"\s+else\s", code[i:i + 80])):
            if braces:
                return None
            if depth == 0:
                following = code[i + 1:code.find("\n", i + 1)]
                goes_on = following.strip() and CONTINUES.match(following)
                if not goes_on and not stop and not WANTS_MORE.search(code[start:i].rstrip()):
                    return i
        elif depth == 0 and (c == ";" or stop == "else" and re.match(r"\s+else\s", code[i:i + 80])):
            return i
        i += 1
        if i - start > 900:
            return None
    return None


def clauses(code, start, end):
    """The parts of a list of conditions."""
    depth, begin = 0, start
    for i in range(start, end):
        if code[i] in "([{":
            depth += 1
        elif code[i] in ")]}":
            depth -= 1
        elif code[i] == "," and depth == 0:
            yield begin, i
            begin = i + 1
    yield begin, end


def trimmed(code, start, end):
    while start < end and code[start].isspace():
        start += 1
    while end > start and code[end - 1].isspace():
        end -= 1
    return start, end


DECLARATION = re.compile(r"(?:@\w+ |public |private |static )*(?:let|var)\s+[\w, ()]+(?::[^=\n{]+?)?\s=\s+")
NO_CALL = re.compile(
    r"(try )?(super|self)?\.?(precondition|assert|fatalError|init|func|case|switch|for|repeat|defer)\b"
    r"|(do|else|get|set|mutating|static|public|private|extension|struct|class|enum|deinit|didSet)\b")
# What stands before a body of one expression.
BODY = re.compile(r"\bfunc\b.*->|\bvar \w+:")


class File:
    """One Swift file's sites."""

    def __init__(self, name, text):
        self.name, self.text, self.code = name, text, masked(text)
        self.mutants = []
        position = 0
        for line in self.code.split("\n"):
            for start, context in self.starts(line, position):
                self.statement(start, context)
            position += len(line) + 1

    def starts(self, line, position):
        begin = len(line) - len(line.lstrip())
        yield position + begin, ""
        stripped = line.strip()
        if stripped.startswith(("case ", "default:")):
            depth = 0
            for i in range(begin, len(line)):
                depth += {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}.get(line[i], 0)
                if line[i] == ":" and depth == 0:
                    if line[i + 1:].strip():
                        yield position + i + 2, ""
                    break
        for match in re.finditer(r"\{ (?=[^\s}])", line):
            yield position + match.end(), line[:match.start()]

    def statement(self, start, context):
        code = self.code
        line_end = code.find("\n", start)
        line = code[start:line_end if line_end >= 0 else len(code)]
        if match := re.match(r"(?:\} )?(?:else )?(if|while|guard)\s+", line):
            end = extent(code, start + match.end(), "{" if match[1] != "guard" else "else")
            if end is not None:
                for a, b in clauses(code, start + match.end(), end):
                    a, b = trimmed(code, a, b)
                    if not re.match(r"(let|var|case|#|try)\b", code[a:b]):
                        self.add(a, b, "condition", match[1])
        elif match := re.match(r"(?:\} )?for\b[^\n]*? where ", line):
            end = extent(code, start + match.end(), "{")
            if end is not None:
                self.add(*trimmed(code, start + match.end(), end), "condition", "for")
        elif match := re.match(r"return\s+", line):
            self.value(start + match.end(), "return", start)
        elif match := DECLARATION.match(line):
            self.value(start + match.end(), "value")
        elif match := re.match(r"[\w.$][\w.$\[\]()!?]*\s(=|[-+|&*]=)\s+", line):
            end = extent(code, start)
            if end is not None:
                self.add(*trimmed(code, start, end), "statement", match[1])
        elif match := re.match(r"(?:try )?[a-z_$][\w.$]*(?:\[[^\n]*?\][\w.!?]*)*(?:\(| \{)", line):
            if NO_CALL.match(line):
                return
            if BODY.search(context):
                self.value(start, "body")
            else:
                self.effect(start)
        elif BODY.search(context) and not re.match(r"(get|set|switch|if|let|var)\b", line):
            self.value(start, "body")

    def value(self, start, shape, outer=None):
        if re.match(r"(if|switch|\[?\{|\x01)", self.code[start:start + 8]):
            return
        end = extent(self.code, start, "")
        if end is None:
            return
        first = next(clauses(self.code, start, end))
        if shape == "return" and first[1] != end:
            return
        self.add(*trimmed(self.code, *first), shape, "", outer)

    def effect(self, start):
        end = extent(self.code, start)
        if end is not None:
            self.add(*trimmed(self.code, start, end), "statement", "call")

    def add(self, start, end, shape, how, outer=None):
        code, text = self.code[start:end], self.text[start:end]
        if not code or "#" in code or ("//" in text and "//" not in code) or "\\\n" in text:
            return
        def flat(s):
            return re.sub(r"\s*\n\s*", " ", s)
        begin = start if outer is None else outer
        line = self.code.count("\n", 0, begin) + 1
        last = self.code.count("\n", 0, end) + 1
        found = []

        def offer(kind, mutant):
            found.append(Mutant(self.name, line, last, start, end, shape, flat(text), flat(mutant), kind))

        for kind, pattern, replacement in SWAPS:
            for match in re.finditer(pattern, code):
                offer(kind, text[:match.start()] + match.expand(replacement) + text[match.end():])
        for match in NUMBER.finditer(code):
            value = int(match[1])
            if value < 1 << 62:
                offer("constant", f"{text[:match.start()]}{value + 1}{text[match.end():]}")
        if shape == "condition":
            if how != "while":
                offer("condition dropped", "true")
            if how != "guard":
                offer("condition false", "false")
        if shape == "statement":
            if how in ("+=", "-="):
                offer("sign", text.replace(f" {how} ", " -= " if how == "+=" else " += ", 1))
            if how == "call" or how != "=" or "." in code.split(" =")[0] or "[" in code.split(" =")[0]:
                offer("statement dropped", "")
        self.mutants += found
