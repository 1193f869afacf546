import hashlib
import zipfile

import pytest

from cradle.cli import main

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
