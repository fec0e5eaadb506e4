"""A time stamp beside each page that is kept, where the user names an authority."""

from __future__ import annotations

from tidings.gather.decode import Undecodable
from tidings.gather.stamp import request, response_of
from tidings.gather.watch.fetch import fetch
from tidings.gather.watch.keep import Kept, write
from tidings.gather.watch.settings import Settings
from tidings.model import Refusal

__all__ = ["stamped"]

LARGEST_STAMP = 1024 * 1024


def stamped(kept: Kept, settings: Settings, agent: str) -> Refusal | None:
    """Have a kept page stamped, and keep the stamp beside it (``.tsr``); return what went wrong, if anything did.

    Only a hash leaves the machine.
    """
    try:
        data = kept.file.read_bytes()
        asked = request(data)
        headers = {"Content-Type": "application/timestamp-query"}
        got = fetch(settings.stamp, agent=agent, allow=settings.allow, headers=headers, data=asked, most=LARGEST_STAMP)
        if got.status != 200:
            return _refused(kept, f"the time-stamping authority answers {got.status}")
        stamp = response_of(got.body, data)
    except Undecodable as error:
        return Refusal(path=kept.url, reason=f"no time stamp: {error.reason}", advice=error.advice)
    write(kept.file.with_name(kept.file.name + ".tsr"), stamp)
    return None


def _refused(kept: Kept, reason: str) -> Refusal:
    return Refusal(path=kept.url, reason=reason, advice="The page is kept; it has no stamp of a third party.")
