"""The exports that are installed: those of Tidings and those of programs beside it, through one entry-point group.

Looking one up imports that one alone.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

from tidings.errors import UsageError
from tidings.tell.formats.export import Export, Tables, Written

__all__ = ["BUILT_IN", "GROUP", "every", "find", "names", "write"]

GROUP = "tidings.exports"
BUILT_IN = tuple(
    "jsonl csv parquet ucdp acled plover geojson gpkg geoparquet kml ics timelinejs xlsx webanno prov rocrate datapackage "
    "ftm hxl airwars mse docx gold".split()
)
"""The exports of Tidings in the order in which they are listed; they too are found by their entry points."""


def names() -> tuple[str, ...]:
    """Return the names of all exports: those of Tidings first, then the others by name."""
    return tuple(_points())


def find(name: str) -> Export:
    """Return the export of a name.

    Raises:
        UsageError: There is none, or it cannot be loaded.
    """
    points = _points()
    if name not in points:
        raise UsageError(f"there is no export {name!r}. The exports are: {', '.join(points)}.")
    return _load(points[name])


def every() -> tuple[Export, ...]:
    """Return all exports that can be loaded."""
    found = []
    for point in _points().values():
        try:
            found.append(_load(point))
        except UsageError:
            continue
    return tuple(found)


def write(name: str, tables: Tables, target: Path) -> Written:
    """Write tables by the export of a name.

    Args:
        name: Its name.
        tables: Rows by table of the contract.
        target: The file, or the folder, which is made if need be; files of the same names are replaced.

    Raises:
        UsageError: There is no such export, what it needs is not installed, or the target does not fit.
    """
    export = find(name)
    if export.needs and find_spec(export.needs) is None:
        raise UsageError(f'the export {name} needs more: pip install "tidings[{export.extra}]"')
    try:
        if not export.ending:
            target.mkdir(parents=True, exist_ok=True)
        elif target.is_dir():
            raise UsageError(f"{target} is a folder; the export {name} writes one file, say records{export.ending}.")
        else:
            target.parent.mkdir(parents=True, exist_ok=True)
        return export.write(tables, target)
    except OSError as error:
        raise UsageError(f"{target} cannot be written to: {error.strerror}.") from error


def _points() -> dict[str, EntryPoint]:
    """Return the entry points by name; where two packages use one name, that of Tidings holds, else the first package's."""
    found: dict[str, EntryPoint] = {}
    for point in sorted(entry_points(group=GROUP), key=_rank):
        found.setdefault(point.name, point)
    return found


def _rank(point: EntryPoint) -> tuple[bool, int, str, str]:
    own = point.value.startswith("tidings.") and point.name in BUILT_IN
    return (not own, BUILT_IN.index(point.name) if own else 0, point.name, point.value)


def _load(point: EntryPoint) -> Export:
    try:
        export = point.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(f"the export {point.name} cannot be loaded: {error}.") from error
    if not isinstance(export, Export):
        raise UsageError(f"the export {point.name} cannot be loaded: {point.value} is no Export.")
    return export
