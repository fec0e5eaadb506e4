"""splink 5 on the same generated claims, beside our join: unsupervised, blocked by day, place and party, connected components.

It is no part of Tidings: ``pip install -c constraints.txt --group peers``. Its settings follow its own guide: random
sampling for the chance of agreement, expectation maximisation on two blocks, clusters of pairs above one probability. Of
several probabilities the one that does best on the truth is shown, which favours splink.

::

    python bench/join_scale.py 100000 --splink
"""

from __future__ import annotations

import time
from collections import Counter
from typing import Any

from generate import World

__all__ = ["measure"]

LEVELS = (0.5, 0.9, 0.99, 0.999, 0.9999)


def measure(made: World) -> str:
    """Return splink's best pair F1 and largest cluster with its seconds, or why it did not run."""
    try:
        return _measured(made)
    except ImportError:
        return "splink is not installed: pip install -c constraints.txt --group peers"


def _measured(made: World) -> str:
    import pyarrow as pa
    import splink.comparison_library as cl
    from join_scale import pair_f1
    from splink import DuckDBAPI, Linker, SettingsCreator, block_on

    start, busy = time.perf_counter(), time.process_time()
    api = DuckDBAPI()
    table = api.register(pa.Table.from_pylist(_rows(made)))
    settings = SettingsCreator(
        link_type="dedupe_only",
        unique_id_column_name="id",
        comparisons=[
            cl.AbsoluteDateDifferenceAtThresholds(
                "day", input_is_string=True, metrics=["day", "day"], thresholds=[1, 3], datetime_format="%Y-%m-%d"
            ),
            cl.DistanceInKMAtThresholds("lat", "lon", [2, 12, 25, 40]),
            cl.ExactMatch("type"),
            cl.ExactMatch("agent"),
            cl.ExactMatch("target"),
            cl.ExactMatch("dead"),
        ],
        blocking_rules_to_generate_predictions=[
            block_on("day", "cell"),
            block_on("day", "agent", "type"),
            block_on("day", "target", "type"),
            block_on("cell", "agent", "target", "dead"),
        ],
    )
    linker = Linker(table, settings)
    linker.training.estimate_u_using_random_sampling(max_pairs=2_000_000, seed=1)
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("day", "agent"))
    linker.training.estimate_parameters_using_expectation_maximisation(block_on("cell", "type"))
    predicted = linker.inference.predict(threshold_match_probability=LEVELS[0])
    sizes = Counter(made.truth.values()).values()
    best: tuple[float, str] = (-1.0, "")
    for level in LEVELS:
        found = linker.clustering.cluster_pairwise_predictions_at_threshold(
            predicted, threshold_match_probability=level
        )
        groups: dict[Any, list[int]] = {}
        for row in found.as_record_list():
            groups.setdefault(row["cluster_id"], []).append(made.truth[row["id"]])
        precision, recall, f1 = pair_f1(groups.values(), sizes)
        largest = max(map(len, groups.values()))
        words = f"pair P {precision:.3f} R {recall:.3f} F1 {f1:.3f} at {level}; largest cluster {largest}"
        best = max(best, (f1, words))
    seconds, busy = time.perf_counter() - start, time.process_time() - busy
    return f"splink 5: {best[1]}; {seconds:.1f} s ({busy:.1f} s of one core)"


def _rows(made: World) -> list[dict[str, Any]]:
    entities = {one.id: one for one in made.entities}
    rows = []
    for claim in made.claims:
        place = entities[claim.places_ids[0]].place if claim.places_ids else None
        fine = place if place is not None and place.kind != "province" else None
        lat, lon = (fine.lat, fine.lon) if fine is not None else (None, None)
        rows.append(
            {
                "id": claim.id,
                "day": claim.when.earliest.isoformat() if claim.when.earliest else None,
                "lat": lat,
                "lon": lon,
                "cell": f"{round((lat or 0) * 3)} {round((lon or 0) * 3)}" if lat is not None else None,
                "type": claim.type,
                "agent": claim.agents_ids[0] if claim.agents_ids else None,
                "target": claim.targets_ids[0] if claim.targets_ids else None,
                "dead": claim.count.low if claim.count is not None else None,
            }
        )
    return rows
