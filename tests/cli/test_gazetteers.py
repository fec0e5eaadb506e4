"""``tidings gazetteer``."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tidings import pipeline
from tidings.errors import GazetteerError
from tidings.model import GazetteerPlace, Refusal


@dataclass
class Layer:
    name: str = "own"
    form: str = "csv"
    source: str = "own.csv"
    licence: str = "CC0"
    attribution: str = "Desk 4"
    places: int = 2


class Atlas:
    """A gazetteer of one place."""

    def layers(self):
        return [Layer()]

    def lookup(self, name, *, countries=(), kinds=()):
        held = GazetteerPlace(id="own:1", layer="own", name="Kas", lat=12.5, lon=24.28, kind="town", country="SD")
        return [held] if name == "Kas" and (not countries or "SD" in countries) else []


@pytest.fixture(autouse=True)
def atlas(tidings, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pipeline, "open_gazetteer", lambda **_: Atlas())


def test_layers_are_listed_with_licence_and_credit(tidings):
    """Each layer is listed with its licence and whom to name."""
    words = tidings("gazetteer", "list").out.split()

    assert words[words.index("own") :] == ["own", "2", "CC0", "Desk", "4", "own.csv"]


def test_a_name_is_looked_up(tidings):
    """A name gives the places that it can stand for; one that no layer knows leaves code 1."""
    assert "own:1" in tidings("gazetteer", "lookup", "Kas", "--country", "sd").out
    done = tidings("gazetteer", "lookup", "Atlantis")
    assert (done.code, done.out.strip()) == (1, "No layer knows 'Atlantis'.")


def test_a_layer_is_added_and_refused_rows_are_named(tmp_path, tidings, monkeypatch):
    """Adding a layer says how many places it has, whom to name, and which rows were refused."""
    refused = Refusal(path="own.csv line 3", reason="the latitude is 912", advice="Correct it.")
    added = pipeline.Added(Layer(), 1, (refused,))
    monkeypatch.setattr(pipeline, "add_layer", lambda *_, **__: added)
    done = tidings("gazetteer", "add", tmp_path / "own.csv")

    assert done.code == 0
    assert "own: 2 places. Desk 4 (CC0)" in done.out
    assert "the latitude is 912" in done.out


def test_removing_an_unknown_layer_is_an_error(tidings, monkeypatch):
    """A layer that is not there is an error without traceback."""

    def unknown(name):
        raise GazetteerError(f"there is no layer {name}")

    monkeypatch.setattr(pipeline, "remove_layer", unknown)
    done = tidings("gazetteer", "remove", "x")

    assert (done.code, "there is no layer x" in done.err) == (1, True)
