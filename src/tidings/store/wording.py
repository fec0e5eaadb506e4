"""One line about a row, and its cells as label and value, for people."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tidings.model.columns import TABLES
from tidings.store.rows import Row

__all__ = ["cell", "facts_of", "number", "sentence_of"]

# Columns that the line, the quotation or the steps below already show, or that help nobody when they are read aloud.
_SHOWN_ELSEWHERE = frozenset(
    "id start end quote text document claims mentions attribution source_start source_end cue_start cue_end trigger "
    "removed geometry origins_claims time_earliest time_latest published_earliest published_latest from_earliest until_latest "
    "reasons why sentence values documents direct a b of claim event of_kind entity time".split()
)
# What the line about a row already says, by table.
_SAID = {
    "claims": frozenset("kind type agents targets places mode measure status".split()),
    "events": frozenset("kind type agents targets places".split()),
    "attributions": frozenset(["chain"]),
    "mentions": frozenset("how entity_name".split()),
    "entities": frozenset("name kind role".split()),
    "figures": frozenset("measure group by places low high contested".split()),
    "holdings": frozenset("place holder from until standing".split()),
    "movements": frozenset("type origin destination shelter group low high".split()),
    "custody": frozenset("who by low high standing".split()),
    "property": frozenset("what whose by standing".split()),
    "persons": frozenset("name standing harm".split()),
    "relations": frozenset("type mode a_name b_name".split()),
    "proposals": frozenset("a_name b_name bits standing".split()),
    "echoes": frozenset(["basis"]),
    "contradictions": frozenset(["reason"]),
    "framings": frozenset("publisher wording n".split()),
    "documents": frozenset("path publisher published".split()),
    "decisions": frozenset("action subject by reason".split()),
    "times": frozenset(["edtf"]),
}
_LABELS = {"place_kind": "kind of place", "radius_m": "radius in metres", "origins": "independent origins"}
_NOTHING: tuple[Any, ...] = (None, "", [], {}, False)


def number(low: int | None, high: int | None) -> str:
    """Return a number with both ends in words: ``20``, ``20 to 30``, ``at least 20``, ``up to 30``."""
    if low is not None and high is not None:
        return f"{low:,}" if low == high else f"{low:,} to {high:,}"
    if low is not None:
        return f"at least {low:,}"
    return f"up to {high:,}" if high is not None else ""


def cell(value: Any) -> str:
    """Return a cell as one line of text; empty where there is nothing."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, dict):
        if "low" in value and "high" in value:
            words = number(value["low"], value["high"])
            return f"{words} ({value['text']})" if value.get("text") and value["text"] != words else words
        return ", ".join(f"{key} {cell(part)}" for key, part in value.items() if cell(part))
    if isinstance(value, list):
        return ", ".join(cell(part) for part in value if cell(part))
    if isinstance(value, float):
        return f"{value:g}"
    return " ".join(str(value).split())


def facts_of(table: str, row: Row) -> Iterator[tuple[str, str]]:
    """Yield label and value for each cell that says something and that nothing else shows."""
    said = _SAID.get(table, frozenset())
    for column in TABLES[table]:
        if column.name in _SHOWN_ELSEWHERE or column.name in said:
            continue
        if column.name.endswith("_ids") or row[column.name] in _NOTHING:
            continue
        value = row[column.name]
        words = " → ".join(value) if column.name == "chain" else cell(value)
        if words:
            yield _LABELS.get(column.name, column.name.replace("_", " ")), words


def _names(row: Row, column: str) -> str:
    return " and ".join(row.get(column) or [])


def _when(row: Row, column: str = "time") -> str:
    return f", {row[column]}" if row.get(column) else ""


def _doing(row: Row) -> str:
    """Return who did what to whom, where and when, as far as the row says."""
    parts = [f"{row['kind']}/{row['type']}"]
    agents, targets, places = _names(row, "agents"), _names(row, "targets"), _names(row, "places")
    if agents:
        parts.append(f"by {agents}")
    if targets:
        parts.append(f"to {targets}" if agents else f"of {targets}")
    if places:
        parts.append(f"at {places}")
    return " ".join(parts) + _when(row)


def _claim(row: Row) -> str:
    count = row["count"]
    extra = f", {number(count['low'], count['high'])}" if count else ""
    mode = "" if row["mode"] == "asserted" else f" [{row['mode']}]"
    return _doing(row) + extra + mode


def _figure(row: Row) -> str:
    group = f" of {_names(row, 'group')}" if row["group"] else ""
    places = f" at {_names(row, 'places')}" if row["places"] else ""
    by = f" by {_names(row, 'by')}" if row["by"] else ""
    dispute = ", contested" if row["contested"] else ""
    return f"{number(row['low'], row['high']) or 'an unknown number'} {row['measure']}{group}{by}{places}{_when(row)}{dispute}{_beyond(row)}"


def _beyond(row: Row) -> str:
    return f" [{row['beyond']}]" if row.get("beyond") else ""


def _holding(row: Row) -> str:
    span = " to ".join(part for part in (row["from"], row["until"]) if part)
    return f"{row['place']}: {row['standing']} by {_names(row, 'holder') or 'somebody'}{', ' + span if span else ''}"


def _movement(row: Row) -> str:
    out = f"{row['type']}: {number(row['low'], row['high'])} {_names(row, 'group')}".replace("  ", " ").strip()
    for label, column in (("from", "origin"), ("to", "destination"), ("sheltered at", "shelter")):
        if row[column]:
            out += f" {label} {_names(row, column)}"
    return out + _when(row) + _beyond(row)


def _custody(row: Row) -> str:
    who = _names(row, "who") or "people"
    by = f" by {_names(row, 'by')}" if row["by"] else ""
    return f"{row['standing']}: {number(row['low'], row['high'])} {who}{by}".replace("  ", " ") + _beyond(row)


def _property(row: Row) -> str:
    by = f" by {_names(row, 'by')}" if row["by"] else ""
    whose = f" of {_names(row, 'whose')}" if row["whose"] else ""
    return f"{row['standing']}: {row['what']}{whose}{by}{_when(row)}"


def _document(row: Row) -> str:
    published = f", {row['published']}" if row["published"] else ", day of publication unknown"
    return f"{row['path']}, {row['publisher'] or 'unknown publisher'}{published}"


def _attribution(row: Row) -> str:
    return f"{' → '.join(row['chain'])}: “{row['cue']}”" if row["cue"] else " → ".join(row["chain"])


def _constraint(row: Row) -> str:
    least, most = row["least_days"], row["most_days"]
    if least is not None and least == most:
        gap = f"exactly {least} days"
    else:
        ends = [f"at least {least}" if least is not None else "", f"at most {most}" if most is not None else ""]
        gap = " and ".join(end for end in ends if end) + " days"
    return f"{row['b']} comes {gap} after {row['a']}" + (f"; left out: {row['dropped']}" if row["dropped"] else "")


def sentence_of(table: str, row: Row) -> str:
    """Return one line about a row."""
    lines = {
        "documents": _document,
        "attributions": _attribution,
        "claims": _claim,
        "events": _doing,
        "figures": _figure,
        "holdings": _holding,
        "movements": _movement,
        "custody": _custody,
        "property": _property,
        "constraints": _constraint,
    }
    if table in lines:
        return lines[table](row)
    return _line(table, row)


def _line(table: str, row: Row) -> str:
    match table:
        case "mentions":
            return f"“{cell(row['text'])}” ({row['how']})" + (
                f" stands for {row['entity_name']}" if row["entity"] else ""
            )
        case "entities":
            return f"{row['name']} ({row['kind']}{', ' + row['role'] if row['role'] else ''})"
        case "proposals":
            return f"{row['a_name']} and {row['b_name']} may be one: {row['bits']:+.1f} bits, {row['standing']}"
        case "times":
            return f"{row['edtf']} ({row['of_kind']} {row['of']})"
        case "persons":
            return f"{row['name']}: {row['harm']}, {row['standing']}{_when(row)}"
        case "relations":
            return f"{row['a_name']} and {row['b_name']}: {row['type']} [{row['mode']}]"
        case "echoes":
            return f"{row['claim']} repeats {row['of']} ({row['basis'].replace('_', ' ')})"
        case "contradictions":
            return f"{row['reason']}: {row['why']}"
        case "framings":
            return (
                f"{row['publisher'] or 'unknown publisher'} calls {row['entity']} “{row['wording']}”, {row['n']} times"
            )
        case "brief":
            return str(row["sentence"])
        case "decisions":
            return f"{row['action']} {row['subject']} by {row['by']} on {row['at'][:10]}: {row['reason']}"
        case "builds":
            return f"built on {row['at'] or 'a day not said'} with version {row['version']}: {row['documents']} reports"
        case "comparisons":
            return f"{row['bits']:+.1f}  {row['what']}: {row['reason']}"
    return str(row.get("id", ""))
