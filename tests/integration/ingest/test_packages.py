import hashlib
import re
import shutil
import subprocess
import zipfile

import duckdb
import pytest

from cradle.cli import main
from ingest.transports import pypi

METADATA = "Metadata-Version: 2.1\nName: power-tables\nVersion: 1.2\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
URL = "pypi:power-tables==1.2#power_tables/data/plants.csv"


@pytest.fixture
def packages(project):
    """A folder of wheels, as an air-gapped user has it, whose package holds the project's plants.csv."""
    folder = project.root / "wheels"
    folder.mkdir()
    info = "power_tables-1.2.dist-info"
    with zipfile.ZipFile(folder / "power_tables-1.2-py3-none-any.whl", "w") as wheel:
        wheel.write(project.root / "plants.csv", "power_tables/data/plants.csv")
        wheel.writestr(f"{info}/METADATA", METADATA)
        wheel.writestr(f"{info}/WHEEL", WHEEL)
        wheel.writestr(f"{info}/RECORD", "")
    return folder


def pin(project, url=URL):
    sha256 = hashlib.sha256((project.root / "plants.csv").read_bytes()).hexdigest()
    project.sidecar(download=[{"url": url, "sha256": sha256}])


def test_a_table_is_taken_out_of_a_wheel(project, packages, capsys):
    pin(project)
    assert main(["pull", "power_plants", "--mirror", str(packages)]) == 0
    assert "landed 4 rows" in capsys.readouterr().err


def _wheel_of(project, packages, version, files):
    info = f"power_tables-{version}.dist-info"
    with zipfile.ZipFile(packages / f"power_tables-{version}-py3-none-any.whl", "w") as wheel:
        for name, content in files.items():
            wheel.writestr(f"power_tables/{name}", content)
        wheel.writestr(f"{info}/METADATA", METADATA.replace("1.2", version))
        wheel.writestr(f"{info}/WHEEL", WHEEL)
        wheel.writestr(f"{info}/RECORD", "")
    return [
        {"url": f"pypi:power-tables=={version}#power_tables/{name}", "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
    ]


def test_two_releases_land_side_by_side_with_one_download_a_wheel(project, packages, monkeypatch):
    same, newer, older = b"name,power_mw\nCaen,3\n", b"name,power_mw\nBrest,5\n", b"name,power_mw\nBrest,4\n"
    downloads = _wheel_of(project, packages, "2.0", {"same.csv": same, "plants.csv": newer})
    older_files = _wheel_of(project, packages, "1.9", {"same.csv": same, "plants.csv": older})
    downloads += [download | {"release_id": "1.9"} for download in older_files]
    project.sidecar(version="2.0", download=downloads)
    asked, run = [], subprocess.run
    monkeypatch.setattr("subprocess.run", lambda *args, **more: asked.append(args) or run(*args, **more))
    assert main(["pull", "power_plants", "--mirror", str(packages)]) == 0
    assert len(asked) == 2
    with duckdb.connect(str(project.landing), read_only=True) as con:
        rows = con.execute("select release_id, name, power_mw from raw.power_plants__plants order by all").fetchall()
        assert con.execute("select release_id from raw.landed").fetchall() == [("2.0, 1.9",)]
    assert rows == [("1.9", "Brest", "4"), ("1.9", "Caen", "3"), ("2.0", "Brest", "5"), ("2.0", "Caen", "3")]
    assert main(["pull", "power_plants", "--mirror", str(packages)]) == 0
    assert len(asked) == 2
    assert attempts(project) == [("landed",), ("unchanged",)]


def test_a_file_beside_the_wheel_is_taken_where_it_is_the_pinned_one(project, packages):
    pin(project)
    (packages / "plants.csv").write_text("the file of another release")
    assert main(["pull", "power_plants", "--mirror", str(packages)]) == 0
    project.landing.unlink()
    for entry in (project.root / "warehouse" / "cache").glob("sha256/*/*"):
        entry.unlink()
    (wheel,) = packages.glob("*.whl")
    wheel.unlink()
    shutil.copy(project.root / "plants.csv", packages / "plants.csv")
    assert main(["pull", "power_plants", "--mirror", str(packages)]) == 0


def test_a_package_that_lacks_the_file(project, packages, refused):
    pin(project, URL.replace("plants.csv", "plant.csv"))
    message = refused("pull", "power_plants", "--mirror", packages)
    assert "the package power-tables==1.2 does not hold the file" in message
    assert "expected: power_tables/data/plant.csv" in message
    assert "close: power_tables/data/plants.csv" in message


def test_a_package_that_no_index_has(project, packages, refused):
    pin(project, URL.replace("1.2", "1.3"))
    message = refused("pull", "power_plants", "--mirror", packages)
    assert "pip could not download power-tables==1.3" in message
    assert "No matching distribution found" in message


def test_a_file_in_a_package_over_the_size_cap(project, packages, refused):
    pin(project)
    assert "at most 5 bytes" in refused("pull", "power_plants", "--mirror", packages, "--max-bytes", 5)


def origins(project):
    with duckdb.connect(str(project.landing), read_only=True) as con:
        return con.execute("select origin, rows from raw.landed").fetchall()


def attempts(project):
    with duckdb.connect(str(project.landing), read_only=True) as con:
        return con.execute("select outcome from raw.ingest_log order by ingest_id").fetchall()


def test_packages_are_pulled_once_and_again_only_for_another_parser(project, packages, capsys, monkeypatch):
    pin(project)
    assert main(["pull", "--packages", "--mirror", str(packages)]) == 0
    assert "power_plants: landed 4 rows" in capsys.readouterr().err
    monkeypatch.setattr("subprocess.run", None)  # pip would be run by it
    assert main(["pull", "--packages"]) == 0
    assert capsys.readouterr().err == ""
    parse = project.root / "ingest" / "power_plants" / "parse.py"
    parse.write_text(parse.read_text() + "\n")
    assert main(["pull", "--packages"]) == 0
    assert "power_plants: landed 4 rows" in capsys.readouterr().err
    assert attempts(project) == [("landed",), ("landed",)]


def test_a_source_that_is_no_package_is_not_pulled_with_them(project, packages, capsys):
    assert main(["pull", "--packages", "--mirror", str(packages)]) == 0
    assert capsys.readouterr().err == ""
    assert not project.landing.exists()


def test_packages_leave_a_file_of_the_users_own(project, packages):
    pin(project)
    own = project.write("own.csv", "name,power_mw\nCaen,3\n")
    assert main(["pull", "power_plants", "--file", str(own)]) == 0
    assert main(["pull", "--packages", "--mirror", str(packages)]) == 0
    assert origins(project) == [("user_file", 2)]


def test_packages_take_the_place_of_the_bundle(project, packages):
    pin(project)
    assert main(["pull", "--packages", "--mirror", str(packages)]) == 0
    assert main(["release"]) == 0
    project.landing.unlink()
    from ingest.bundle import land_bundle
    from ingest.sidecar import discover

    land_bundle(discover(project.root / "ingest"), project.root / "release", project.landing)
    assert origins(project) == [("bundled", 4)]
    assert main(["pull", "--packages", "--mirror", str(packages)]) == 0
    assert origins(project) == [("pulled", 4)]


def test_without_the_package_one_line_says_so_and_nothing_fails(project, packages, capsys):
    pin(project, URL.replace("1.2", "1.3"))
    assert main(["pull", "--packages", "--mirror", str(packages)]) == 0
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert message.startswith("without power_plants: pip could not download power-tables==1.3: ")
    assert message.endswith("going on with what is bundled and landed\n")


def test_an_index_that_is_down_is_asked_once(project, packages, server, capsys):
    pin(project)
    shutil.copytree(project.root / "ingest" / "power_plants", project.root / "ingest" / "more_plants")
    sidecar = project.root / "ingest" / "more_plants" / "source.yml"
    sidecar.write_text(sidecar.read_text().replace("power_plants", "more_plants"))
    server.shutdown()
    server.server_close()
    assert main(["pull", "--packages", "--mirror", server.url]) == 0
    message = capsys.readouterr().err
    assert message.count("\n") == 1
    assert message.startswith("without more_plants, power_plants: pip could not download power-tables==1.2: ")
    assert "Connection refused" in message
    assert attempts(project) == [("failed",)]


def test_a_package_with_another_file_than_the_pinned_one_is_refused(project, packages, refused):
    pin(project)
    sidecar = project.root / "ingest" / "power_plants" / "source.yml"
    sidecar.write_text(re.sub("sha256: .*", f"sha256: {'a' * 64}", sidecar.read_text()))
    assert "is not the one its sidecar pins" in refused("pull", "--packages", "--mirror", packages)


def test_offline_pulls_nothing_and_says_so(project, packages, capsys, monkeypatch):
    pin(project)
    monkeypatch.setenv("CRADLE_OFFLINE", "1")
    assert main(["pull", "--packages", "--mirror", str(packages)]) == 0
    assert capsys.readouterr().err == (
        "CRADLE_OFFLINE is set: power_plants not pulled, going on with what is bundled and landed\n"
    )
    monkeypatch.setenv("CRADLE_OFFLINE", "0")
    assert main(["pull", "--packages", "--mirror", str(packages)]) == 0
    assert origins(project) == [("pulled", 4)]


def test_packages_choose_the_sources_themselves(project, capsys):
    assert main(["pull", "power_plants", "--packages"]) == 2
    assert "--packages picks the sources itself" in capsys.readouterr().err


def rewrite(packages, change):
    """Write the wheel anew with its bytes changed."""
    (wheel,) = packages.glob("*.whl")
    wheel.write_bytes(change(bytearray(wheel.read_bytes())))


def test_a_wheel_that_is_taken_from_for_three_files_is_got_once(project, packages, monkeypatch):
    content = {f"{name}.csv": f"name,power_mw\n{name},1\n".encode() for name in ("one", "two", "three")}
    (wheel,) = packages.glob("*.whl")
    with zipfile.ZipFile(wheel, "a") as archive:
        for name, data in content.items():
            archive.writestr(f"power_tables/data/{name}", data)
    project.sidecar(
        download=[
            {"url": URL.replace("plants.csv", name), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in content.items()
        ]
    )
    runs, real = [], pypi.subprocess.run
    monkeypatch.setattr(pypi.subprocess, "run", lambda *args, **more: (runs.append(args), real(*args, **more))[1])
    assert main(["pull", "power_plants", "--mirror", str(packages)]) == 0
    assert len(runs) == 1
    assert origins(project) == [("pulled", 6)]
    assert not list((project.root / "warehouse" / "cache").glob("download-*"))


def test_a_file_in_a_wheel_that_is_larger_than_its_directory_says(project, packages, refused):
    # the directory at the end of the archive is believed: the rest of the file is never unpacked
    pin(project)
    size = (project.root / "plants.csv").stat().st_size

    def lie(wheel):
        at = wheel.index(b"PK\x01\x02")
        assert int.from_bytes(wheel[at + 24 : at + 28], "little") == size
        wheel[at + 20 : at + 28] = (5).to_bytes(4, "little") * 2
        return wheel

    rewrite(packages, lie)
    message = refused("pull", "power_plants", "--mirror", packages)
    assert "the wheel of power-tables==1.2 is damaged" in message
    assert "BadZipFile: Bad CRC-32" in message


def test_a_bomb_in_a_wheel_is_refused_by_the_pinned_size_before_it_is_unpacked(project, packages, refused):
    (wheel,) = packages.glob("*.whl")
    bomb = "power_tables/data/bomb.csv"
    with zipfile.ZipFile(wheel, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(bomb, "w") as member:
        for _ in range(64):
            member.write(bytes(1 << 20))
    download = {"url": URL.replace("plants.csv", "bomb.csv"), "sha256": "0" * 64}
    project.sidecar(download=[download | {"bytes": 1000}])
    message = refused("pull", "power_plants", "--mirror", packages)
    assert "is not the one its sidecar pins" in message
    assert f"got: {64 << 20} bytes or more" in message
    project.sidecar(download=[download])
    assert f"at most {10 << 20} bytes" in refused("pull", "power_plants", "--mirror", packages, "--max-bytes", 10 << 20)


def test_a_wheel_that_is_no_archive(project, packages, refused):
    pin(project)
    rewrite(packages, lambda _: b"<html>sign in</html>")
    message = refused("pull", "power_plants", "--mirror", packages)
    assert "power-tables==1.2" in message


def test_an_endless_wheel_is_stopped(project, pinned_package_index, refused):
    message = refused("pull", "power_plants", "--mirror", pinned_package_index, "--max-bytes", 1000)
    assert "pip could not download power-tables==1.2" in message
    assert "File too large" in message


@pytest.fixture
def pinned_package_index(project, server, answer, monkeypatch):
    """An index whose wheel has no end."""
    pin(project)
    monkeypatch.setattr(pypi, "SMALLEST_CAP", 1 << 20)
    name = "power_tables-1.2-py3-none-any.whl"
    server.answers["/simple/power-tables/"] = answer(
        body=f'<a href="/{name}">{name}</a>'.encode(), Content_Type="text/html"
    )

    def endless(handler):
        handler.send_response(200)
        handler.end_headers()
        for _ in range(4096):
            handler.wfile.write(bytes(1 << 16))

    server.answers[f"/{name}"] = endless
    return server.url
