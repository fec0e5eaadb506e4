"""A large gazetteer file read in pieces gives the index that reading it whole gives."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidings.resolve import pieces as module
from tidings.resolve.gazetteer import open_gazetteer
from tidings.resolve.index import Row
from tidings.resolve.layers import add_layer
from tidings.resolve.pieces import cut


def dump(rows: list[bytes]) -> bytes:
    return b"".join(row + b"\n" for row in rows)


def line(number: int, name: str = "Beit Hanun", lat: str = "15.5") -> bytes:
    cells = [str(number), name, name, "", lat, "32.5", "P", "PPL", "SD", "", "29", "", "", "", "120", "", "", "", ""]
    return "\t".join(cells).encode()


@given(sizes=st.lists(st.integers(0, 40), min_size=1, max_size=30), size=st.integers(1, 60))
def test_every_line_is_in_one_piece(tmp_path_factory: pytest.TempPathFactory, sizes: list[int], size: int):
    """However a file is cut, its pieces hold each of its lines once, in order."""
    path = tmp_path_factory.mktemp("cut") / "a.txt"
    whole = dump([b"x" * n for n in sizes])
    path.write_bytes(whole)

    assert b"".join(row for piece in cut(path, "a", 1, size) for row in module._lines(piece)) == whole


def held(index: Path) -> dict[str, list[tuple[object, ...]]]:
    """Return what an index says, the numbers of places aside."""
    connection = sqlite3.connect(index)
    found = {
        "places": connection.execute(
            "SELECT layer, ext, name, lat, lon, kind, country, admin1, population, radius, weight, names, ids FROM places ORDER BY id"
        ).fetchall(),
        "keys": connection.execute(
            "SELECT k.key, k.rank, p.ext, k.country FROM keys k JOIN places p ON p.id = k.place ORDER BY k.key, k.rank, k.place"
        ).fetchall(),
        "layers": connection.execute("SELECT * FROM layers ORDER BY name").fetchall(),
    }
    connection.close()
    return found


def test_pieces_give_the_same_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Read whole or in pieces of a few lines, a dump gives the same places, keys and refusals, each with its line."""
    monkeypatch.setattr("tidings.resolve.gazetteer.rows", lambda: iter([Row("1", "Aden", 12.8, 45.0, "city", "YE")]))
    monkeypatch.setattr(module, "SIZE", 150)
    rows = [line(n, f"Kafr {chr(97 + n)}mma" if n % 3 else "Umm Keddada") for n in range(25)]
    rows[4] = b"4\tonly three\tcolumns"
    rows[9] = line(9, lat="95.0")
    rows[14] = b"\xff\xfe" + rows[14]
    rows[20] = line(3, "Umm Keddada")
    rows[21] = b""
    path = tmp_path / "SD.txt"
    path.write_bytes(dump(rows))

    def cut_small(path: Path, layer: str, first: int) -> list[module.Piece]:
        return cut(path, layer, first, 150)

    monkeypatch.setattr("tidings.resolve.layers.cut", cut_small)
    added, found = [], []
    for name, pool in (("whole", None), ("pieces", map)):
        index = tmp_path / f"{name}.sqlite"
        open_gazetteer(path=index)
        added.append(add_layer(path, index=index, pool=pool))
        found.append(held(index))

    assert found[0] == found[1]
    assert len(found[0]["places"]) == 20 + 1
    assert added[0].refused == added[1].refused == 4
    assert [row.path for row in added[0].refusals][:3] == [row.path for row in added[1].refusals][:3]
    assert added[1].refusals[3].reason == "the id 3 stands in an earlier row"
