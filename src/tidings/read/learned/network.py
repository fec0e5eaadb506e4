"""The network: a few layers of a small transformer in numpy, its weights in one file beside this one.

Layers, widths and the numbers to begin from are those of MiniLM (Wang et al. 2020, https://arxiv.org/abs/2002.10957, Apache
licence 2.0), of which the first layers are kept; ``bench/learn`` fine-tunes them and says how well they read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from tidings.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["NOTHING", "Network", "load_network", "network_stamp"]

HEADS = 12
NOTHING = "nothing"
"""The answer for a word that carries no claim; the first of :attr:`Network.answers`."""
MOST_PIECES = 300
"""Pieces of a sentence that are looked at; of a longer one the rest is answered with nothing."""
TOGETHER = 4000
"""Pieces that go through the layers at once, so that memory is bounded however long a report is."""
_FILE = "told.npz"
_LOOKED_UP = frozenset({"tok.weight", "pos.weight", "typ.weight"})
"""Tables of which rows are taken, by the number of a piece or its place."""


def _squashed(x: Floats) -> Floats:
    """Return GELU of numbers, in the form with the hyperbolic tangent with which the network was tuned."""
    inner = np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x))
    return np.asarray(np.float32(0.5) * x * (np.float32(1.0) + inner), np.float32)


def _evened(x: Floats, weight: Floats, bias: Floats) -> Floats:
    centred = x - x.mean(axis=1, keepdims=True)
    spread = np.sqrt((centred * centred).mean(axis=1, keepdims=True) + np.float32(1e-12))
    result: Floats = centred / spread * weight + bias
    return result


@dataclass(frozen=True, eq=False)
class Network:
    """The weights by name, the vocabulary, and the answers: :data:`NOTHING`, then "event/shelling" and so on."""

    weights: Mapping[str, Floats]
    vocabulary: Mapping[str, int]
    answers: tuple[str, ...]
    layers: int

    def __call__(self, sentences: Sequence[Sequence[int]]) -> list[Floats]:
        """Return the chance of each answer for each piece of each sentence.

        Args:
            sentences: The numbers of the pieces of each sentence, without marks of beginning and end.

        Returns:
            For each sentence an array of shape (pieces, answers); at most :data:`MOST_PIECES` rows.
        """
        found: list[Floats] = []
        waiting: list[list[int]] = []
        size = 0
        for sentence in sentences:
            waiting.append(list(sentence[:MOST_PIECES]))
            size += len(waiting[-1])
            if size >= TOGETHER:
                found.extend(self._answered(waiting))
                waiting, size = [], 0
        return [*found, *self._answered(waiting)] if waiting else found

    def _answered(self, sentences: list[list[int]]) -> list[Floats]:
        w = self.weights
        begin, end = self.vocabulary["[CLS]"], self.vocabulary["[SEP]"]
        whole = [[begin, *sentence, end] for sentence in sentences]
        ends = np.cumsum([len(sentence) for sentence in whole])
        bounds = [(int(stop) - len(sentence), int(stop)) for sentence, stop in zip(whole, ends, strict=True)]
        numbers = np.array([number for sentence in whole for number in sentence])
        places = np.concatenate([np.arange(len(sentence)) for sentence in whole])
        x = w["tok.weight"][numbers] + w["pos.weight"][places] + w["typ.weight"][0]
        x = _evened(x, w["ln.weight"], w["ln.bias"])
        for layer in range(self.layers):
            x = self._layer(x, f"layers.{layer}.", bounds)
        scores = x @ w["head.weight"] + w["head.bias"]
        scores -= scores.max(axis=1, keepdims=True)
        raised = np.exp(scores)
        raised /= raised.sum(axis=1, keepdims=True)
        return [raised[start + 1 : stop - 1] for start, stop in bounds]

    def _layer(self, x: Floats, name: str, bounds: list[tuple[int, int]]) -> Floats:
        w = self.weights
        asked = x @ w[name + "q.weight"] + w[name + "q.bias"]
        keys = x @ w[name + "k.weight"] + w[name + "k.bias"]
        values = x @ w[name + "v.weight"] + w[name + "v.bias"]
        width = x.shape[1] // HEADS
        seen = np.empty_like(x)
        scale = np.float32(1.0 / np.sqrt(width))
        for start, stop in bounds:
            q, k, v = (
                part[start:stop].reshape(stop - start, HEADS, width).transpose(1, 0, 2)
                for part in (asked, keys, values)
            )
            attention = q @ k.transpose(0, 2, 1) * scale
            attention -= attention.max(axis=2, keepdims=True)
            np.exp(attention, out=attention)
            attention /= attention.sum(axis=2, keepdims=True)
            seen[start:stop] = (attention @ v).transpose(1, 0, 2).reshape(stop - start, HEADS * width)
        x = _evened(x + seen @ w[name + "o.weight"] + w[name + "o.bias"], w[name + "ln1.weight"], w[name + "ln1.bias"])
        up = _squashed(x @ w[name + "up.weight"] + w[name + "up.bias"])
        x = x + up @ w[name + "down.weight"] + w[name + "down.bias"]
        return _evened(x, w[name + "ln2.weight"], w[name + "ln2.bias"])


@cache
def _packed() -> bytes:
    held = files("tidings.read.learned").joinpath(_FILE)
    if not held.is_file():
        message = 'the learned reader\'s weights are missing from this installation. Reinstall Tidings, or set reader = "rules".'
        raise ModelError(message)
    return held.read_bytes()


@cache
def network_stamp() -> str:
    """Return the network's name and the SHA-256 of its weights, as written on every claim.

    Raises:
        ModelError: The weights are missing.
    """
    return f"told sha256:{hashlib.sha256(_packed()).hexdigest()[:16]}"


@cache
def load_network() -> Network:
    """Return the network, once per process.

    The weights are kept as whole numbers from -127 to 127 with one scale for each row, and made floats here.

    Raises:
        ModelError: The weights are missing.
    """
    with np.load(BytesIO(_packed()), allow_pickle=False) as held:
        weights: dict[str, Floats] = {}
        for name in held.files:
            if name in {"vocabulary", "answers"} or name.endswith(".scale"):
                continue
            table = held[name]
            if table.dtype == np.int8:
                table = table.astype(np.float32) * held[name + ".scale"][:, None]
            # A layer's table is kept with a row for each answer, which is how its scales were taken.
            turned = table.T if table.ndim == 2 and name not in _LOOKED_UP else table
            weights[name] = np.ascontiguousarray(turned, np.float32)
        words = held["vocabulary"].tobytes().decode("utf-8").split("\n")
        answers = tuple(held["answers"].tobytes().decode("utf-8").split("\n"))
    layers = 1 + max(int(name.split(".")[1]) for name in weights if name.startswith("layers."))
    return Network(weights, {word: number for number, word in enumerate(words)}, answers, layers)
