"""Making a copy of a record that does no harm, and proving that nothing survived in it."""

from __future__ import annotations

from tidings.publish.changes import Change, as_csv, as_jsonl, counted
from tidings.publish.keys import LEAST_KEY, Seal
from tidings.publish.profile import SHIPPED, Profile, load_profile, profile_of_copy
from tidings.publish.publishing import Copy, publish
from tidings.publish.rows import Hold, Rows
from tidings.publish.survivors import Survivor, survivors
from tidings.publish.wording import LEFT_OUT

__all__ = [
    "LEAST_KEY",
    "LEFT_OUT",
    "SHIPPED",
    "Change",
    "Copy",
    "Hold",
    "Profile",
    "Rows",
    "Seal",
    "Survivor",
    "as_csv",
    "as_jsonl",
    "counted",
    "load_profile",
    "profile_of_copy",
    "publish",
    "survivors",
]
