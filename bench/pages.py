"""How many web pages are read a second: pages of 60 KB with navigation, scripts, teasers, forms and an article of 600 words.

Fast mode leaves out the second opinion on what of a page is the report. Two processes read, as on the smallest machine; what
starting them takes is not counted.

::

    python -m bench.pages 1000
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from bench.copies import NAMES, sentence
from tidings.gather import take_in

PROCESSES = 2


def page(number: int) -> bytes:
    """Return a page as newspapers' systems write them."""
    dice = random.Random(number)  # noqa: S311
    place = dice.choice(NAMES)
    body = "".join(f"<p>{' '.join(sentence(dice) for _ in range(5))}</p>\n" for _ in range(12))
    menu = "".join(
        f'<li class="menu-item menu-item-{n}"><a href="/section/{n}" data-track="nav">Section {n}</a></li>\n'
        for n in range(80)
    )
    teasers = "".join(
        f'<div class="teaser"><a href="/{n}"><img src="/img/{n}.jpg" alt=""><h3>{sentence(dice)}</h3></a><span>{n} hours ago</span></div>\n'
        for n in range(60)
    )
    script = "<script>var q=window.q||[];" + "q.push({id:1,slot:'x',size:[300,250]});" * 500 + "</script>"
    return f"""<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{place} shelled, {number} | The Paper</title>
<meta property="og:site_name" content="The Paper"><meta property="article:published_time" content="2014-03-05T08:00:00Z">{script}
<style>{".a{color:red}" * 400}</style></head><body><header><nav><ul>{menu}</ul></nav></header><main><article><h1>{place} shelled, {number}</h1>
<p class="byline">By Amal Idris</p>{body}</article><section class="comments"><h2>Leave a comment</h2><form><input name="n"></form></section>
</main><aside>{teasers}</aside><footer><ul>{menu}</ul>All rights reserved.</footer></body></html>""".encode()


def read(pages: Sequence[bytes], *, careful: bool) -> int:
    """Read some pages, and return how many letters were kept."""
    return sum(len(take_in(one, "a.html", careful=careful).text) for one in pages)


def main() -> None:
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 600
    pages = [page(number) for number in range(size)]
    print(
        f"{size} pages of {sum(map(len, pages)) / size / 1024:.0f} KB, {read(pages[:1], careful=True)} letters kept of each"
    )
    shards = [pages[at::PROCESSES] for at in range(PROCESSES)]
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn")) as pool:
        for careful in (False, True):
            work = partial(read, careful=careful)
            list(pool.map(work, [shard[:2] for shard in shards]))
            busy, start = time.process_time(), time.perf_counter()
            read(pages[: size // 4], careful=careful)
            alone = (size // 4) / max(1e-9, time.process_time() - busy)
            start = time.perf_counter()
            list(pool.map(work, shards))
            both = size / (time.perf_counter() - start)
            mode = "with a second opinion" if careful else "fast mode"
            print(
                f"{mode}: {both:.0f} pages a second in {PROCESSES} processes; {alone:.0f} for a second of one processor"
            )


if __name__ == "__main__":
    main()
