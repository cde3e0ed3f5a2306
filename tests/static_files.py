"""The pages' static files for the web servers that tests start."""

import os
import subprocess
from pathlib import Path

import pytest
from runner import programs
from runner.paths import PROJECT


@pytest.fixture(scope="session")
def static_root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files, collected anew in a directory of this run: what lies in the checkout may be of yesterday."""
    place = tmp_path_factory.mktemp("static")
    command = ["collectstatic", "--noinput", "--verbosity=0"]
    environment = programs.surroundings_of_command(command, os.environ) | {"STATIC_ROOT": str(place)}
    subprocess.run(programs.manage(*command), env=environment, cwd=PROJECT, check=True)
    return place
