"""Reads our own source for what no page may do. Each rule takes text, so that tests can plant what it must find."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("records", "accounts", "sharing", "directives", "plans", "peers", "recovery_portal")
MANAGERS = {"objects", "_default_manager", "_base_manager"}
POWERS = {
    "is_superuser",
    "is_staff",
    "has_perm",
    "has_perms",
    "has_module_perms",
    "user_passes_test",
    "permission_required",
}
TRUSTING = {"mark_safe", "SafeString", "SafeText", "html_safe"}
RAW = {"raw", "extra", "RawSQL"}
EXECUTE = {"execute", "executemany"}


@dataclass(frozen=True)
class Finding:
    """What a rule found: in which function (or "module"), and the expression."""

    where: str
    what: str
    line: int = field(default=0, compare=False)


def sources(*patterns: str) -> Iterator[tuple[str, str]]:
    """(path below the root, source) of our modules, migrations left out."""
    for room in ROOMS:
        for file in sorted((ROOT / room).rglob("*.py")):
            name = file.relative_to(ROOT).as_posix()
            if "/migrations/" not in name and (not patterns or any(file.match(pattern) for pattern in patterns)):
                yield name, file.read_text()


def unfiltered(source: str) -> list[Finding]:
    """Managers that are used otherwise than as `Model.objects.visible_to(request.user)`, or a user like it."""
    tree = _with_parents(source)
    return [
        Finding(_function(node), ast.unparse(_whole_chain(node)), node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr in MANAGERS and not _is_visible_to(node)
    ]


def keys_of_others(source: str) -> list[Finding]:
    """`own_key` called with anything but `request.user`, or handed on to be called elsewhere."""
    tree = _with_parents(source)
    return [
        Finding(_function(node), ast.unparse(node.parent), node.lineno)  # type: ignore[attr-defined]
        for node in ast.walk(tree)
        if _names(node) == {"own_key"}
        and not isinstance(node, ast.alias | ast.FunctionDef)
        and not _is_of_request(node)
    ]


def uses_of(words: set[str], source: str) -> list[Finding]:
    """Any of these names, as a name, an attribute, an argument, an import or a whole string."""
    tree = _with_parents(source)
    return [
        Finding(_function(node), ", ".join(sorted(found)), getattr(node, "lineno", 0))
        for node in ast.walk(tree)
        if (found := _names(node, strings=True) & words)
    ]


def inline_imports(source: str) -> list[Finding]:
    """Imports inside a function: how a lower room would reach an upper one unseen."""
    tree = _with_parents(source)
    return [
        Finding(_function(node), ast.unparse(node), node.lineno)
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and _function(node) != "module" and not _is_for_types(node)
    ]


def raw_queries(source: str) -> list[Finding]:
    """`.raw(…)`, `.extra(…)`, `RawSQL`, and SQL put together from variables."""
    tree = _with_parents(source)
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        Finding(_function(call), ast.unparse(call), call.lineno)
        for call in calls
        if _names(call.func) & RAW or (_names(call.func) & EXECUTE and not all(map(_is_plain_text, call.args[:1])))
    ]


def _is_plain_text(node: ast.expr) -> bool:
    """Text as it stands here; or psycopg's `sql.SQL("…").format(…)`, which quotes what it is given."""
    if isinstance(node, ast.Constant):
        return isinstance(node.value, str)
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "format"):
        return False
    text = node.func.value
    return isinstance(text, ast.Call) and ast.unparse(text.func) == "sql.SQL" and _is_plain_text(text.args[0])


def _names(node: ast.AST, strings: bool = False) -> set[str]:
    if isinstance(node, ast.Name):
        return {node.id}
    if isinstance(node, ast.Attribute):
        return {node.attr}
    if isinstance(node, ast.keyword):
        return {node.arg or ""}
    if isinstance(node, ast.alias):
        return {node.name.rpartition(".")[2]}
    if isinstance(node, ast.FunctionDef):
        return {node.name}
    if isinstance(node, ast.ImportFrom):
        return set((node.module or "").split("."))
    if strings and isinstance(node, ast.Constant) and isinstance(node.value, str):
        return {node.value}
    return set()


def _is_visible_to(node: ast.Attribute) -> bool:
    above = node.parent  # type: ignore[attr-defined]
    if not (isinstance(above, ast.Attribute) and above.attr == "visible_to"):
        return False
    call = above.parent  # type: ignore[attr-defined]
    return isinstance(call, ast.Call) and call.func is above and ast.unparse(call.args[0]) in ("request.user", "user")


def _is_of_request(node: ast.AST) -> bool:
    call = node.parent  # type: ignore[attr-defined]
    return (
        isinstance(call, ast.Call) and call.func is node and [ast.unparse(arg) for arg in call.args] == ["request.user"]
    )


def _is_for_types(node: ast.AST) -> bool:
    while node := getattr(node, "parent", None):  # type: ignore[assignment]
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            return True
    return False


def _whole_chain(node: ast.AST) -> ast.AST:
    """The longest chain of attributes and calls that this one begins."""
    above = getattr(node, "parent", None)
    if isinstance(above, ast.Attribute) or (isinstance(above, ast.Call) and above.func is node):
        return _whole_chain(above)
    return node


def _function(node: ast.AST) -> str:
    while node := getattr(node, "parent", None):  # type: ignore[assignment]
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            return node.name
    return "module"


def _with_parents(source: str) -> ast.Module:
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for child in ast.iter_child_nodes(node):
            child.parent = node  # type: ignore[attr-defined]
    return tree
