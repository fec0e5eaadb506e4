"""What holds wherever work runs, and what a pool stands."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.runs.poison import tried, work

from tidings.errors import ModelError, RunnerError
from tidings.runs import Here, Outcome, Pool, Ray, Runner
from tidings.runs.runner import Task, Tasks

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(params=["here", "pool", "ray"])
def runner(request: pytest.FixtureRequest) -> Runner:
    """Each runner in turn."""
    if request.param == "ray":
        request.getfixturevalue("ray_here")
        return Ray(workers=2)
    return Here() if request.param == "here" else Pool(2)


def outcomes(runner: Runner, log: Path, shards: list[list[str]]) -> dict[str, str]:
    """Return for each item its answer, or why it was set aside after a sign."""
    told = [
        (one.item, one.answer[0] if one.answer else f"! {one.set_aside}")
        for one in runner.run(partial(work, log), shards)
    ]
    assert len(dict(told)) == len(told)
    return dict(told)


def test_every_item_is_answered_once_and_one_that_raises_is_tried_twice(runner: Runner, tmp_path: Path):
    """Wherever it runs, each item has one outcome; one on which the work raises is set aside after two tries."""
    log = tmp_path / "log"

    assert outcomes(runner, log, [["a", "b"], [], ["c", "raise-1", "d"], ["e"]]) == {
        "a": "A", "b": "B", "c": "C", "d": "D", "e": "E", "raise-1": "! KeyError: 'raise-1'"
    }  # fmt: skip
    assert sorted(tried(log)) == ["a", "b", "c", "d", "e", "raise-1", "raise-1"]


def test_what_is_nobodys_fault_stops_the_run(runner: Runner, tmp_path: Path):
    """Where the work cannot be done for any item, no item is set aside: the error comes up."""
    with pytest.raises(ModelError, match="the model is missing"):
        list(runner.run(partial(work, tmp_path / "log"), [["stop"], ["a"]]))


@pytest.mark.parametrize("where", ["pool", "ray"])
def test_an_item_that_ends_its_process_is_set_aside_after_two_tries(
    where: str, tmp_path: Path, request: pytest.FixtureRequest
):
    """A worker that dies is replaced and its shard done again; the item that kills twice is set aside, the rest goes on."""
    if where == "ray":
        request.getfixturevalue("ray_here")
    runner = Ray(workers=2) if where == "ray" else Pool(2)
    log = tmp_path / "log"
    told = outcomes(runner, log, [["a", "kill-1", "b"], ["once", "c"], ["leave"], ["d"]])

    assert {item: answer for item, answer in told.items() if not answer.startswith("!")} == {
        "a": "A", "b": "B", "c": "C", "d": "D", "once": "ONCE"
    }  # fmt: skip
    assert sorted(item for item, answer in told.items() if answer.startswith("!")) == ["kill-1", "leave"]
    assert [tried(log).count(item) for item in ("kill-1", "leave", "once")] == [2, 2, 2]
    assert all("the process that read it" in told[item] for item in ("kill-1", "leave"))
    if where == "pool":
        assert told["leave"] == "! the process that read it ended with code 7"
        assert told["kill-1"] == "! the process that read it was ended by SIGKILL, as happens when memory runs out"


@pytest.mark.parametrize("where", ["pool", "ray"])
def test_an_item_without_an_end_is_set_aside(where: str, tmp_path: Path, request: pytest.FixtureRequest):
    """A worker that gives no answer within the bound is ended; the item has two tries, the rest goes on."""
    if where == "ray":
        request.getfixturevalue("ray_here")
    runner = Ray(workers=2, patience=3) if where == "ray" else Pool(2, patience=3)
    log = tmp_path / "log"

    assert outcomes(runner, log, [["a", "hang", "b"], ["c"]]) == {
        "a": "A", "b": "B", "c": "C", "hang": "! its reader gave no answer within 3 seconds"
    }  # fmt: skip
    assert tried(log).count("hang") == 2


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not say what a process holds")
def test_an_item_that_needs_too_much_memory_is_set_aside(tmp_path: Path):
    """A worker that holds twice its bound is ended; the item has two tries, the rest goes on."""
    log = tmp_path / "log"

    assert outcomes(Pool(2, memory=200_000_000), log, [["a", "swell", "b"]]) == {
        "a": "A", "b": "B", "swell": "! its reader needed more than 400 MB of memory"
    }  # fmt: skip


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="the system does not say what a process holds")
@pytest.mark.parametrize("bound", [{"memory": 1_000_000}, {"tasks": 1}])
def test_a_worker_over_its_bound_is_replaced_after_its_task(
    tmp_path: Path, bound: dict[str, int], monkeypatch: pytest.MonkeyPatch
):
    """A worker that holds more than its bound, or that did its number of tasks, makes room for a fresh one."""
    from tidings.runs import pool

    monkeypatch.setattr(pool, "_HARD", 10_000)  # no worker is ended before its task is done
    told = Pool(1, **bound).run(partial(work, tmp_path / "log"), [["a", "b"], ["c"]])
    pids = {one.item: one.answer[1] for one in told}

    assert pids["a"] == pids["b"] != pids["c"]


def test_a_run_left_early_leaves_no_process(tmp_path: Path):
    """Whoever stops taking outcomes ends the workers, whatever they have in hand."""
    told = Pool(2).run(partial(work, tmp_path / "log"), [["a"], ["hang"], ["b"]])
    pid = next(told).answer[1]
    told.close()

    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_workers_end_with_who_asked_for_them(tmp_path: Path):
    """Killed itself, whoever asked leaves no worker behind."""
    script = tmp_path / "asks.py"
    script.write_text(
        "from functools import partial\nfrom pathlib import Path\nfrom tests.runs.poison import work\n"
        "from tidings.runs import Pool\n"
        f"for one in Pool(1).run(partial(work, Path({str(tmp_path / 'log')!r})), [['a'], ['b']]):\n"
        "    print(one.answer[1], flush=True)\n    input()\n"
    )
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as asking:
        assert asking.stdout is not None
        worker = int(asking.stdout.readline())
        asking.kill()
    for _ in range(200):
        try:
            state = Path(f"/proc/{worker}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return
        if state == "Z":
            return
        time.sleep(0.05)
    pytest.fail("the worker outlived who asked for it")


def test_a_script_without_a_guard_may_use_a_pool(tmp_path: Path):
    """A script that runs a pool at its top level is not run again by the workers."""
    script = tmp_path / "plain.py"
    script.write_text(
        "from functools import partial\nfrom pathlib import Path\nfrom tests.runs.poison import work\n"
        "from tidings.runs import Pool, in_pool\nprint('once')\n"
        f"print([o.answer[0] for o in Pool(1).run(partial(work, Path({str(tmp_path / 'log')!r})), [['a', 'b']])])\n"
        "print(list(in_pool(abs, [-1, 2], workers=2)))\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
    )

    assert done.stdout == "once\n['A', 'B']\n[1, 2]\n"


def test_where_no_worker_starts_it_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Workers that end before they begin are not started for ever."""
    from tidings.runs import worker

    monkeypatch.setattr(worker, "_serve", os.abort)

    with pytest.raises(RunnerError, match="no process that reads can be started"):
        list(Pool(1).run(partial(work, tmp_path / "log"), [["a"], ["b"]]))


def test_without_ray_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch):
    """Where Ray is not installed, the error says what to install."""
    monkeypatch.setitem(sys.modules, "ray", None)

    with pytest.raises(RunnerError, match=r"tidings\[ray\]"):
        list(Ray().run(partial(work, Path("log")), [["a"]]))


def test_where_ray_does_not_start_it_is_said(monkeypatch: pytest.MonkeyPatch):
    """Where Ray does not start, or nobody listens at a cluster's address, it is said at once; a start here is tried twice."""
    ray = pytest.importorskip("ray", reason="no Ray on this machine: pip install 'tidings[ray]'")
    asked: list[str] = []

    def init(*, address: str, **_: object) -> None:
        asked.append(address)
        raise Exception("The current node timed out during startup.")

    monkeypatch.setattr(ray, "is_initialized", lambda: False)
    monkeypatch.setattr(ray, "shutdown", lambda: None)
    monkeypatch.setattr(ray, "init", init)
    with pytest.raises(RunnerError, match="Ray cannot be reached"):
        list(Ray().run(partial(work, Path("log")), [["a"]]))
    with pytest.raises(RunnerError, match=r"the Ray cluster at 127\.0\.0\.1:9 cannot be reached"):
        list(Ray(address="127.0.0.1:9").run(partial(work, Path("log")), [["a"]]))
    assert asked == ["local", "local"]


@given(
    shards=st.lists(st.lists(st.integers(0, 99), max_size=6), max_size=6),
    breaks=st.lists(st.integers(0, 7), max_size=12),
)
def test_whatever_breaks_every_item_has_one_outcome_and_at_most_two_tries(shards: list[list[int]], breaks: list[int]):
    """Tasks that break after any number of answers lose no item, double none, and try none more than twice."""
    numbered = [[(place, row, value) for row, value in enumerate(shard)] for place, shard in enumerate(shards)]
    tasks, told, after = Tasks(numbered), list[Outcome](), iter(breaks)
    given_out: list[Task] = []
    while (task := tasks.next()) is not None:
        given_out.append(task)
        stop = next(after, 99)
        while task.done < len(task.items) and stop:
            told.append(task.answered("x"))
            stop -= 1
        if task.done < len(task.items):
            lost = tasks.broken(task, "broke")
            told += [lost] if lost else []

    assert sorted(one.item for one in told) == [item for shard in numbered for item in shard]
    assert all(sum(item in task.items for task in given_out) <= 2 for shard in numbered for item in shard)
