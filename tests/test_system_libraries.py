"""Pango on machines that lack it: installed, fetched beside, or named with its command; the start goes on."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from scripts import bootstrap, hints, system_libraries

# A library under a name that no machine has: what Pango is to a machine without it.
LACKING = "libhelm-sets-type.so.1"


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of our own for fetched libraries, on a machine that lacks one."""
    folder = tmp_path / "libraries"
    monkeypatch.setattr(system_libraries, "BESIDE", folder)
    monkeypatch.setattr(system_libraries, "NEEDED", (LACKING,))
    monkeypatch.setattr(system_libraries, "FASTER", ())
    monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)
    return folder


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A real Debian package with a real library in it."""
    if not shutil.which("dpkg-deb"):
        pytest.skip("This system has no Debian packages.")
    inside = tmp_path / "inside"
    (inside / "usr/lib/any-machine").mkdir(parents=True)
    (inside / "DEBIAN").mkdir()
    library = next(Path("/").glob("usr/lib/*/libz.so.1"))
    shutil.copy(library, inside / "usr/lib/any-machine" / LACKING)
    control = (
        "Package: helm\nVersion: 1\nArchitecture: all\nMaintainer: Helm <helm@example.org>\nDescription: a library\n"
    )
    (inside / "DEBIAN/control").write_text(control)
    made = tmp_path / "helm_1_all.deb"
    subprocess.run(["dpkg-deb", "--build", str(inside), str(made)], check=True, capture_output=True)
    return made


def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> Path:
    """An apt-get that reaches no network, first on the path. Returns where it writes what it was asked."""
    programs, asked = tmp_path / "programs", tmp_path / "asked"
    programs.mkdir()
    asked.touch()
    (programs / "apt-get").write_text(f'#!/bin/sh\necho "$*" >> {asked}\ncase "$*" in\n{script}\nesac\n')
    (programs / "apt-get").chmod(0o755)
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")
    return asked


def loads_in_a_program_we_start() -> bool:
    program = f"import ctypes; ctypes.CDLL({LACKING!r})"
    return subprocess.run([sys.executable, "-c", program], capture_output=True, check=False).returncode == 0


def test_it_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """Where Pango is, nothing happens, at once. The tests themselves need it, so here it is."""
    monkeypatch.setattr(system_libraries, "BESIDE", tmp_path / "libraries")
    asked, before, began = stand_in(tmp_path, monkeypatch, "*) exit 1 ;;"), dict(os.environ), time.perf_counter()

    system_libraries.prepare()

    assert time.perf_counter() - began < 0.5
    assert capsys.readouterr().out == ""
    assert (asked.read_text(), dict(os.environ)) == ("", before)
    assert not (tmp_path / "libraries").exists()


def test_the_names_are_those_that_weasyprint_loads() -> None:
    """Read from its source, so that a new release that wants another library is noticed."""
    text = next(Path(bootstrap.VENV).glob("lib/python*/site-packages/weasyprint/text/ffi.py")).read_text()
    wanted = {name for name in text.split("'") if name.startswith("lib") and ".so." in name}

    ours = {*system_libraries.NEEDED, *system_libraries.FASTER}
    # Only fonts in colour need this one; ours have none, and Debian 12 has no package of it.
    assert wanted - ours == {"libharfbuzz-vector.so.0"}
    assert ours <= wanted


def test_without_root_it_is_fetched_beside(
    beside: Path, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    simulated = "Inst helm (1 Debian:12 [all])\\nInst libc6 [2.36] (2.37 Debian:12 [all])\\nConf helm (1)"
    script = f'*" -s "*) printf "{simulated}" ;;\n*download*) cp {package} . ;;\n*) exit 1 ;;'
    asked = stand_in(tmp_path, monkeypatch, script)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not loads_in_a_program_we_start()

    system_libraries.prepare()

    assert loads_in_a_program_we_start()
    assert os.environ["LD_LIBRARY_PATH"] == str(beside / "root/usr/lib/any-machine")
    assert capsys.readouterr().out.count("\n") == 1
    # What the system has in another release stays: a second C library would break every program.
    assert "download -qq helm\n" in asked.read_text()
    assert "libc6" not in asked.read_text()
    assert sorted(path.name for path in beside.iterdir()) == ["root", "tried"]


def test_the_next_start_finds_it_without_asking(
    beside: Path, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    beside.mkdir()
    subprocess.run(["dpkg-deb", "-x", str(package), str(beside / "root")], check=True)
    asked = stand_in(tmp_path, monkeypatch, "*) exit 1 ;;")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/somewhere/else")

    system_libraries.prepare()

    assert loads_in_a_program_we_start()
    assert os.environ["LD_LIBRARY_PATH"].endswith(":/somewhere/else")
    assert (asked.read_text(), capsys.readouterr().out) == ("", "")


def test_without_lists_of_packages_it_keeps_its_own(
    beside: Path, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in most containers: apt knows no package until it has updated, which the system's folders refuse us."""
    script = (
        f'*Dir::State::lists={beside}/apt/lists*" -s "*) echo "Inst helm (1)" ;;\n*" -s "*) exit 100 ;;\n'
        f"*Dir::State::lists=*update*) exit 0 ;;\n*Dir::State::lists=*download*) cp {package} . ;;\n*) exit 1 ;;"
    )
    stand_in(tmp_path, monkeypatch, script)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    system_libraries.prepare()

    assert loads_in_a_program_we_start()
    assert not (beside / "apt").exists()


def test_root_installs_with_a_list_first_if_need_be(
    beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = tmp_path / "listed"
    script = f"*install*) test -e {listed} ;;\n*update*) touch {listed} ;;"
    asked = stand_in(tmp_path, monkeypatch, script)
    monkeypatch.setattr(os, "geteuid", lambda: 0)

    system_libraries.prepare()

    verbs = ("install", "update")
    in_turn = [word for line in asked.read_text().splitlines() for word in line.split() if word in verbs]
    assert in_turn == ["install", "update", "install"]
    assert "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in asked.read_text()
    assert capsys.readouterr().out.startswith("Installing Pango")


def test_without_network_the_start_goes_on_and_does_not_ask_again(
    beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = stand_in(tmp_path, monkeypatch, "*) exit 100 ;;")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    system_libraries.prepare()
    first = asked.read_text()
    system_libraries.prepare()

    assert first
    assert asked.read_text() == first
    last = capsys.readouterr().out.splitlines()[-1]
    assert last.startswith("Pango is missing: the site starts, but documents (PDF) wait.")
    os.utime(beside / "tried", (0, 0))
    system_libraries.prepare()
    assert asked.read_text() != first


def test_elsewhere_the_command_is_named(
    beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another system's package manager, and no Debian packages."""
    programs = tmp_path / "fedora"
    programs.mkdir()
    (programs / "dnf").write_text("#!/bin/sh\n")
    (programs / "dnf").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    system_libraries.prepare()

    told = capsys.readouterr().out
    assert told == (
        "Pango is missing: the site starts, but documents (PDF) wait. This brings it: sudo dnf install -y pango\n"
    )
    assert set(hints.NAMES["pango"]) == set(hints.MANAGERS)


def test_what_only_saves_time_may_be_missing(
    beside: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stand_in(tmp_path, monkeypatch, "*) exit 100 ;;")
    monkeypatch.setattr(system_libraries, "NEEDED", ("libc.so.6",))
    monkeypatch.setattr(system_libraries, "FASTER", (LACKING,))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    system_libraries.prepare()

    assert "missing" not in capsys.readouterr().out


def test_what_only_saves_time_is_fetched_as_well(
    beside: Path, package: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And used at once, though the rest would do."""
    stand_in(tmp_path, monkeypatch, f'*" -s "*) echo "Inst helm (1)" ;;\n*download*) cp {package} . ;;\n*) exit 1 ;;')
    monkeypatch.setattr(system_libraries, "NEEDED", ("libc.so.6",))
    monkeypatch.setattr(system_libraries, "FASTER", (LACKING,))
    monkeypatch.setattr(os, "geteuid", lambda: 1000)

    system_libraries.prepare()

    assert loads_in_a_program_we_start()


def test_only_commands_that_make_documents_see_to_it() -> None:
    assert {"run", "test", "bench"} == bootstrap.SETS_TYPE
    assert set(bootstrap.FILES) > bootstrap.SETS_TYPE
