"""How fast, and how well, near copies are found among very many reports: texts that nobody wrote, with planted copies.

Reports are runs of made-up words whose frequencies fall as in any language (the n-th most common has a weight of 1/n), with
phrases that every agency uses strewn in. Copies are planted as in `copies.py`: cut, re-titled, words changed, paragraphs
added or lost, or two of these at once.

::

    python -m bench.copies_scale 1000000
"""

from __future__ import annotations

import itertools
import random
import resource
import sys
import time

import numpy as np

from bench.copies import changed, cut, thinned
from tidings.gather.copies import near_copies

WORDS = 30_000
PHRASES = 400
SYLLABLES = "ba ko ri en ta lo mi sa du ve no gar el pi shu han ter os ma lek ir za".split()


def vocabulary() -> list[str]:
    made = ("".join(parts) for size in (2, 3, 4) for parts in itertools.product(SYLLABLES, repeat=size))
    return list(itertools.islice(made, WORDS))


class Writer:
    """Writes reports, the same ones for the same number."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311
        self.numbers = np.random.default_rng(seed)
        self.words = vocabulary()
        weights = 1 / np.arange(1, WORDS + 1)
        self.sums = np.cumsum(weights / weights.sum())
        self.phrases = [self.run(self.dice.randint(6, 12)) for _ in range(PHRASES)]

    def run(self, size: int) -> str:
        """Return a run of so many words."""
        spots = np.searchsorted(self.sums, self.numbers.random(size))
        return " ".join([self.words[min(spot, WORDS - 1)] for spot in spots.tolist()])

    def report(self) -> list[str]:
        """Return the paragraphs of a report."""
        paragraphs = self.run(self.dice.randint(90, 200)).split(" ")
        size = self.dice.randint(20, 40)
        text = [" ".join(paragraphs[at : at + size]) for at in range(0, len(paragraphs), size)]
        if self.dice.random() < 0.5:
            at = self.dice.randrange(len(text))
            text[at] = f"{text[at]} {self.dice.choice(self.phrases)}"
        return text

    def titled(self, _: random.Random, text: list[str]) -> list[str]:
        """Put another title above."""
        return [self.run(8), *text]

    def padded(self, dice: random.Random, text: list[str]) -> list[str]:
        """Add paragraphs."""
        out = list(text)
        for _ in range(dice.randint(1, 2)):
            out.insert(dice.randint(0, len(out)), self.run(25))
        return out


def texts_of(size: int, seed: int = 5) -> tuple[list[tuple[str, str]], set[tuple[str, str]]]:
    """Return texts and the pairs that are copies."""
    writer = Writer(seed)
    kinds = (cut, changed, thinned, writer.titled, writer.padded)
    texts: list[tuple[str, str]] = []
    truth: set[tuple[str, str]] = set()
    while len(texts) < size:
        own = writer.report()
        key = f"r{len(texts):07}"
        texts.append((key, "\n\n".join(own)))
        if writer.dice.random() < 0.2 and len(texts) < size:
            copy = own
            for kind in writer.dice.sample(kinds, writer.dice.choice((1, 1, 2))):
                copy = kind(writer.dice, copy)
            other = f"r{len(texts):07}"
            texts.append((other, "\n\n".join(copy)))
            truth.add((key, other))
    return texts, truth


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    start = time.perf_counter()
    texts, truth = texts_of(size)
    words = sum(len(text.split()) for _, text in texts) / size
    print(
        f"{size:,} reports of {words:.0f} words made in {time.perf_counter() - start:.0f} s, {len(truth):,} planted copies"
    )
    start = time.perf_counter()
    busy = time.process_time()
    found = {(a, b) for a, b, _ in near_copies(texts)}
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    right = len(found & truth)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(
        f"checked in {seconds:.1f} s ({busy:.1f} s of one processor); recall {right / len(truth):.4f}, precision {right / max(1, len(found)):.4f}; "
        f"at most {memory:.1f} GB of memory, the texts included"
    )


if __name__ == "__main__":
    main()
