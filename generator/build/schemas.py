"""The JSON Schemas of a project, with the names of its looks; and where editors find them."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from generator import content, disk
from generator.build.project import Project
from generator.model import Artifact
from generator.rooms import parts
from generator.settings.json_schema import written
from generator.settings.vocabulary import names

FOLDER = "schemas"
"""Below .threadpress/, where the files that `new` makes point to."""


def made(project: Project, *kinds: str) -> Mapping[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file, or of these kinds."""
    known = names(
        project.library(), parts("generator.exporters", "exporter"), content.shape_names()
    )
    return written(known, kinds)


def text(schema: Mapping[str, Any]) -> str:
    """Return a JSON Schema as it is printed."""
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def put(project: Project) -> Path | None:
    """Write all schemas into the project's cache folder; None where nothing can be written."""
    cache = disk.cache_dir(project.root)
    if cache is None:
        return None
    files = [Artifact(f"{kind}.json", text(one).encode()) for kind, one in made(project).items()]
    disk.publish(cache / FOLDER, files)
    return cache / FOLDER
