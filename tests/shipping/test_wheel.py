"""The wheel holds all that a bare machine needs beside its dependencies."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from the source as it stands."""
    pytest.importorskip("hatchling", reason="what makes the wheel is not installed: pip install hatchling")
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (made,) = folder.glob("*.whl")
    return made


def environment(folder: Path) -> dict[str, str]:
    """Return the variables of a machine that knows nothing of this one."""
    return {"PATH": os.defpath, "HOME": str(folder), "TIDINGS_CACHE": os.environ.get("TIDINGS_CACHE", _cache())}


def _cache() -> str:
    from tidings.resolve.gazetteer import cache_folder

    return str(cache_folder())


def test_the_wheel_holds_every_file_of_the_package(wheel: Path):
    """Every file of the package is in the wheel: lexicons, weights, pages, the example; none of the tests or the bench is."""
    with zipfile.ZipFile(wheel) as held:
        names = {name for name in held.namelist() if ".dist-info/" not in name}
    tracked = subprocess.run(
        ["git", "ls-files", "src/tidings"], cwd=ROOT, capture_output=True, text=True
    ).stdout.splitlines()
    expected = {name.removeprefix("src/") for name in tracked if (ROOT / name).exists()}

    assert expected - names == set()
    assert {name.split("/")[0] for name in names} == {"tidings"}


def test_installed_outside_the_source_the_example_is_built(wheel: Path, tmp_path: Path):
    """Installed from the wheel into an environment of its own, far from the source, the example is built."""
    place = tmp_path / "machine"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(place)], check=True)
    python = place / "bin" / "python"
    library = next((place / "lib").glob("python*/site-packages"))
    subprocess.run(
        [sys.executable, "-m", "pip", "--python", str(python), "install", "-q", "--no-deps", "--no-index", str(wheel)],
        check=True, capture_output=True,
    )  # fmt: skip
    # Dependencies are this machine's: a folder named so brings its packages, and not the source that they point to.
    (library / "beside.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
    tidings = place / "bin" / "tidings"
    told = subprocess.run(
        [str(python), "-c", "import tidings; print(tidings.__file__)"],
        cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True, check=True,
    )  # fmt: skip
    done = subprocess.run(
        [str(tidings), "demo", "out"], cwd=tmp_path, env=environment(tmp_path), capture_output=True, text=True
    )

    assert done.returncode == 0, done.stderr
    assert Path(told.stdout.strip()).is_relative_to(place)
    assert (tmp_path / "out" / "brief.html").exists()


@pytest.mark.skipif(not os.environ.get("TIDINGS_BARE"), reason="set TIDINGS_BARE=1 to install all dependencies anew")
def test_a_bare_machine_installs_it_with_its_extras(wheel: Path, tmp_path: Path):
    """In an environment with nothing, pip installs the wheel with its extras, the example is built, and the doctor finds all well."""
    place = tmp_path / "machine"
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    subprocess.run(
        [
            str(place / "bin" / "pip"), "install", "-q", "-c", str(ROOT / "constraints.txt"),
            f"{wheel}[exports,postgres,ray,stamp]",
        ],
        check=True,
    )  # fmt: skip
    bare = {"PATH": os.defpath, "HOME": str(tmp_path)}
    for words in (["demo", "out"], ["check", "out/demo.tidings"], ["doctor", "out/demo.tidings"]):
        subprocess.run([str(place / "bin" / "tidings"), *words], cwd=tmp_path, env=bare, check=True)
