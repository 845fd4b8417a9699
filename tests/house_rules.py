"""The house rules that a program can see: each takes a file's text and returns what is wrong in it."""

import ast
import re
from collections.abc import Callable, Iterator

LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
LONGEST_TEMPLATE = 120

Rule = Callable[[str], list[str]]
FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef

# Put together here, so that this file does not break the rules that it states.
UNFINISHED = re.compile(r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "X" + "XX", "HA" + "CK")) + r")\b")
PLACES = re.compile(r"(?<![\w.:])/(?:wo" + r"rk|ho" + r"me|ro" + r"ot)/|\.\./sha" + r"red")
CLOCKS = frozenset(
    {
        *("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time"),
        *("timezone.now", "Now"),
    }
)
CLOCKS_WITHOUT_ARGUMENT = frozenset({"timezone.localdate", "timezone.localtime"})
LEFT_OUT = frozenset({"skip", "skipif", "xfail", "importorskip", "skipTest", "skipUnless", "expectedFailure"})
INLINE_CODE = re.compile(r"<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:", re.IGNORECASE)
SCRIPT_TAG = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)
OUTSIDE = re.compile(
    r"(?:src|href|action)\s*=\s*[\"'](?:https?:)?//|url\(\s*[\"']?(?:https?:)?//|@import\b", re.I
)


def functions(text: str) -> Iterator[FunctionNode]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def imported(text: str) -> Iterator[str]:
    """Full dotted names, `from a import b` as a.b."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (f"{node.module or ''}.{alias.name}" for alias in node.names)


def long_module(text: str) -> list[str]:
    lines = len(text.splitlines())
    return [f"{lines} lines"] if lines > LONGEST_MODULE else []


def long_template(text: str) -> list[str]:
    lines = len(text.splitlines())
    return [f"{lines} lines"] if lines > LONGEST_TEMPLATE else []


def long_functions(text: str) -> list[str]:
    return [
        f"{function.name}: {length} lines"
        for function in functions(text)
        if (length := (function.end_lineno or 0) - function.lineno + 1) > LONGEST_FUNCTION
    ]


def imports_inside_functions(text: str) -> list[str]:
    return [
        f"line {node.lineno}"
        for function in functions(text)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]


def signals(text: str) -> list[str]:
    return [
        name for name in imported(text) if name.startswith("django.dispatch") or "signals" in name.split(".")
    ]


def mocks(text: str) -> list[str]:
    known = [
        name for name in imported(text) if name.split(".")[0] in {"mock", "pytest_mock"} or ".mock" in name
    ]
    return known + [f.name for f in functions(text) if "mocker" in {a.arg for a in f.args.args}]


def left_out_tests(text: str) -> list[str]:
    return [
        f"line {node.lineno}: {node.attr}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Attribute) and node.attr in LEFT_OUT
    ]


def clock_reads(text: str) -> list[str]:
    tree = ast.parse(text)
    named = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute | ast.Name)]
    # Given a moment, these two only change its time zone.
    converting = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args}
    return [
        f"line {node.lineno}: {name}"
        for node in named
        if (name := _last_two(node)) in CLOCKS
        or (name in CLOCKS_WITHOUT_ARGUMENT and id(node) not in converting)
    ]


def _last_two(node: ast.Attribute | ast.Name) -> str:
    if isinstance(node, ast.Name):
        return node.id
    owner = node.value
    name = owner.id if isinstance(owner, ast.Name) else owner.attr if isinstance(owner, ast.Attribute) else ""
    return f"{name}.{node.attr}"


def any_types(text: str) -> list[str]:
    return [name for name in imported(text) if name == "typing.Any"]


def rules_in_save(text: str) -> list[str]:
    return [f.name for f in functions(text) if f.name in {"save", "delete", "full_clean"}]


def classes_without_words(text: str) -> list[str]:
    return [
        node.name
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and not ast.get_docstring(node) and not _is_query_set(node)
    ]


def _is_query_set(node: ast.ClassDef) -> bool:
    return any("QuerySet" in ast.unparse(base) for base in node.bases)


def rules_without_words(text: str) -> list[str]:
    """Public functions of a module, and public methods of its classes other than one-line properties."""
    tree = ast.parse(text)
    return [
        node.name
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


def django_imports(text: str) -> list[str]:
    return [name for name in imported(text) if name.split(".")[0] in {"django", "viewflow", "psycopg2"}]


def reaches_into_tables(text: str) -> list[str]:
    """Counters change and read cases through acts and queries; the tables and the engine are private."""
    return [
        name for name in imported(text) if f"{name}.".startswith(("workflows.models.", "workflows.flow."))
    ]


def unfinished_work(text: str) -> list[str]:
    return UNFINISHED.findall(text)


def places_of_one_machine(text: str) -> list[str]:
    return PLACES.findall(text)


def inline_code(text: str) -> list[str]:
    scripts = [found for found in SCRIPT_TAG.findall(text) if "src=" not in found.lower()]
    return INLINE_CODE.findall(text) + [f"<script{found}>" for found in scripts]


def outside_addresses(text: str) -> list[str]:
    return OUTSIDE.findall(text)
