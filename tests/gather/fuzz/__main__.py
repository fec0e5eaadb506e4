# ruff: noqa: T201
"""Try readers with bytes that nobody meant, for some minutes each.

::

    python -m tests.gather.fuzz html warc --minutes 10
    python -m tests.gather.fuzz --minutes 2 --keep findings/

With atheris installed the bytes are led by what they reach in the code; without it, they are the seeds changed at random. A
finding is an error that is none of ours, a run of more than ten seconds of one processor, or more memory than the bound; its bytes are kept.
"""

from __future__ import annotations

import argparse
import random
import resource
import signal
import subprocess
import sys
import time
import traceback
from hashlib import sha256
from pathlib import Path

SECONDS = 10
MEMORY_MB = 3000


def changed(dice: random.Random, seeds: list[bytes]) -> bytes:
    """Return a seed, changed: bytes put in, taken out, doubled, moved, or taken from another seed."""
    data = bytearray(dice.choice(seeds))
    for _ in range(dice.choice((1, 1, 2, 4, 8, 32))):
        at = dice.randrange(len(data) + 1)
        size = dice.choice((1, 1, 2, 4, 16, 200, 5000))
        how = dice.randrange(7)
        if how == 0:
            data[at:at] = dice.randbytes(size)
        elif how == 1:
            del data[at : at + size]
        elif how == 2:
            data[at:at] = data[at : at + size] * dice.choice((1, 2, 50))
        elif how == 3 and data:
            data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
        elif how == 4:
            other = dice.choice(seeds)
            start = dice.randrange(len(other) + 1)
            data[at : at + size] = other[start : start + size]
        elif how == 5:
            data[at:at] = dice.choice(
                (
                    b"<",
                    b">",
                    b'"',
                    b"\r\n",
                    b"\x00",
                    b"\xff",
                    b"&#x110000;",
                    b"9" * 30,
                    b"-1",
                    b"<![CDATA[",
                    b"\xed\xa0\x80",
                    b"(" * 100,
                    b"%s",
                    b"\xe2\x80\xae",
                    b"e999999999",
                    b"\x1f\x8b",
                    b"\n\n",
                    b"0",
                )
            )
        else:
            data = data[: at or 1]
        del data[400_000:]
    return bytes(data)


def at_random(name: str, seconds: float, keep: Path, seed: int) -> int:
    """Try one reader with changed seeds, and return how many findings there were."""
    from tests.gather.fuzz.targets import TARGETS

    dice = random.Random(seed)  # noqa: S311
    target = TARGETS[name]
    seeds = [
        *target.seeds,
        *(path.read_bytes() for path in sorted((Path(__file__).parent / "found").glob(f"{name}-*"))),
    ]
    found: set[str] = set()
    tried = slowest = 0.0

    def late(*_: object) -> None:
        raise TimeoutError

    # The reader's own time counts, not the clock's: a busy machine is no finding.
    signal.signal(signal.SIGPROF, late)
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        data = changed(dice, seeds)
        tried += 1
        start = time.process_time()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            target.run(data)
        except Exception as error:
            where = traceback.extract_tb(error.__traceback__)[-1]
            mark = f"{type(error).__name__} {Path(where.filename).name}:{where.lineno}"
            if mark not in found:
                found.add(mark)
                finding = keep / f"{name}-{sha256(data).hexdigest()[:12]}"
                finding.write_bytes(data)
                print(f"{name}: {mark}: {str(error)[:200]} ({finding.name})", flush=True)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        slowest = max(slowest, time.process_time() - start)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{name}: {tried:.0f} tried, slowest {slowest:.2f} s of one processor, at most {peak:.0f} MB, {len(found)} findings",
        flush=True,
    )
    return len(found)


def led(name: str, seconds: float, keep: Path) -> None:
    """Try one reader with bytes led by what they reach; ends the process."""
    import atheris

    with atheris.instrument_imports(include=["tidings.gather", "tidings.resolve"]):
        from tests.gather.fuzz.targets import TARGETS
    target = TARGETS[name]
    corpus = keep / f"corpus-{name}"
    corpus.mkdir(parents=True, exist_ok=True)
    for seed in target.seeds:
        (corpus / sha256(seed).hexdigest()[:12]).write_bytes(seed)
    options = [
        f"-max_total_time={seconds:.0f}",
        f"-timeout={12 * SECONDS}",  # by the clock, which a busy machine outruns
        f"-rss_limit_mb={MEMORY_MB}",
        "-max_len=100000",
        f"-artifact_prefix={keep}/{name}-",
        "-print_final_stats=1",
    ]
    atheris.Setup([sys.argv[0], *options, str(corpus)], target.run)
    atheris.Fuzz()


def main() -> int:
    """Try the readers named, each in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--minutes", type=float, default=2)
    parser.add_argument("--keep", type=Path, default=Path("findings"))
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--how", choices=("random", "led"), default="random")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    asked.keep.mkdir(parents=True, exist_ok=True)
    if asked.here:
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_MB * 2**20 * 2, MEMORY_MB * 2**20 * 2))
        if asked.how == "led":
            led(asked.names[0], asked.minutes * 60, asked.keep)
            return 0
        return min(1, at_random(asked.names[0], asked.minutes * 60, asked.keep, asked.seed))
    from tests.gather.fuzz.targets import TARGETS

    code = 0
    for name in asked.names or TARGETS:
        words = [sys.executable, "-m", "tests.gather.fuzz", name, "--here", "--minutes", str(asked.minutes)]
        words += ["--keep", str(asked.keep), "--seed", str(asked.seed), "--how", asked.how]
        done = subprocess.run(words, check=False)
        if done.returncode not in {0, 1}:
            print(f"{name}: ended with {done.returncode}", flush=True)
        code = max(code, int(done.returncode != 0))
    return code


if __name__ == "__main__":
    sys.exit(main())
