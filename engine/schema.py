"""The outlines of the files: which fields stand where, checked by pydantic at the boundary and nowhere else.

Pydantic takes a quarter of a second to import, so it is imported when the first file is read. The values of layers,
optimizers and the like are checked by their own classes; here stand the names of the fields and their types.
"""

import contextlib
import functools
import re
from collections.abc import Callable, Iterator
from typing import Annotated, Any, Final, Literal

from engine import limits
from engine.errors import EngineError

SCHEMA_VERSION: Final = 1
"""Of project and plan files; a later one adds a function to `MIGRATIONS`."""

Migration = Callable[[dict[str, Any]], dict[str, Any]]
MIGRATIONS: dict[str, dict[int, Migration]] = {"project": {}, "plan": {}}
"""By kind of file and version: what turns that version into the next. Kept for ever."""

Kind = Literal["project", "plan", "draft", "network", "fragment"]


@functools.cache
def _outlines() -> dict[str, Any]:
    """The outlines by kind of file. The classes live here because importing pydantic is slow."""
    from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, JsonValue

    name = Annotated[Any, BeforeValidator(_name)]  # file names of any bytes, which pydantic's own str refuses

    class Strict(BaseModel):
        model_config = ConfigDict(extra="forbid", strict=True)

    values_type = dict[str, JsonValue]

    class KindFile(Strict):
        kind: str
        values: values_type = Field(default={})

    class LayerFile(KindFile):
        id: str = Field(pattern=r"^[a-z][a-z0-9_]{0,63}$")
        label: str = Field(default="", max_length=limits.MAX_LABEL_LENGTH)
        enabled: bool = True

    class CopiedLayer(KindFile):
        label: str = Field(default="", max_length=limits.MAX_LABEL_LENGTH)
        enabled: bool = True

    class FragmentFile(Strict):
        convoscope: Literal["layers"]
        layers: list[CopiedLayer] = Field(min_length=1, max_length=limits.MAX_LAYERS)

    class NetworkFile(Strict):
        input: values_type
        layers: list[LayerFile] = Field(max_length=limits.MAX_LAYERS)
        next_number: int = Field(default=1, ge=1, le=10**9)

    class AugmentationFile(Strict):
        operations: list[KindFile] = Field(default=[], max_length=100)

    class SourceFile(Strict):
        location: name

    class CurationFile(Strict):
        labels: dict[name, name] = Field(default={})
        excluded: list[name] = Field(default=[])
        parts: dict[name, Literal["train", "validation", "test"]] = Field(default={})

    class RecipeFile(BaseModel):  # its own values stand beside the optimizer
        model_config = ConfigDict(extra="allow", strict=True)
        optimizer: KindFile

    class Common(Strict):
        network: NetworkFile
        recipe: RecipeFile | None = None
        augmentation: AugmentationFile = Field(default_factory=AugmentationFile)
        split: values_type = Field(default={})
        curation: CurationFile = Field(default_factory=CurationFile)
        seed: int = Field(default=0, ge=0, le=2**31 - 1)

    class DraftFile(Common):
        preprocessing: values_type | None = None
        source: SourceFile

    class PlanFile(Common):
        model_config = ConfigDict(extra="allow", strict=True)
        preprocessing: values_type
        class_names: list[name] = Field(max_length=limits.MAX_CLASSES)
        fingerprint: str
        threads: int = Field(ge=1, le=4096)
        parent: str = ""
        start_step: int = Field(default=0, ge=0)
        changed: str = ""

    class ProjectFile(BaseModel):
        model_config = ConfigDict(extra="allow", strict=True)
        saves: int = Field(default=0, ge=0)
        draft: DraftFile

    return {
        "project": ProjectFile,
        "plan": PlanFile,
        "draft": DraftFile,
        "network": NetworkFile,
        "fragment": FragmentFile,
    }


def checked(kind: Kind, data: object, where: str) -> dict[str, Any]:
    """The data with its outline checked and what was left out filled in.

    Args:
        kind: Which outline.
        data: What `load_json` gave.
        where: The file, for the message.

    Raises:
        EngineError: that names the first field that is wrong, in words.
    """
    from pydantic import ValidationError

    try:
        found: dict[str, Any] = _outlines()[kind].model_validate(data).model_dump()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        raise EngineError(
            f"{where}: {_place(first['loc'])} is not right: {_sentence(first['msg'])}",
            f"The file has the fields of a {kind} of this version of the program.",
            "Use an unchanged copy of the file.",
        ) from error
    body = found["draft"] if kind == "project" else found
    if kind != "fragment":
        _keep_numbers_fresh(body if kind == "network" else body["network"])
    return found


def versioned(kind: Literal["project", "plan"], data: object, where: str) -> dict[str, Any]:
    """The data of a file that carries `schema_version`, brought to this version's form; the outline is unchecked.

    Raises:
        EngineError: where it is no such file, or a newer program wrote it.
    """
    if not isinstance(data, dict) or type(version := data.get("schema_version")) is not int or version < 1:
        raise EngineError(
            f"{where} is not a {kind} of this program.",
            f"A {kind} file is JSON with a schema_version.",
            f"Choose another {kind}.",
        )
    if version > SCHEMA_VERSION:
        raise EngineError(
            f"{where} was written by a newer version of the program (form {version}).",
            f"This version reads forms 1 to {SCHEMA_VERSION}.",
            "Open it with the newer version.",
        )
    for step in range(version, SCHEMA_VERSION):
        data = MIGRATIONS[kind][step](data)
    return {**data, "schema_version": SCHEMA_VERSION}


def _name(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= limits.MAX_NAME_LENGTH or "\0" in value:
        raise ValueError(f"a name of 1 to {limits.MAX_NAME_LENGTH:,} characters was expected")
    return value


def _keep_numbers_fresh(network: dict[str, Any]) -> None:
    """Raise `next_number` above every number in use, for networks written by hand."""
    used = [int(match[1]) for one in network["layers"] if (match := re.fullmatch(r"layer_(\d{1,8})", one["id"]))]
    network["next_number"] = max([network["next_number"], *(number + 1 for number in used)])


def _place(location: tuple[int | str, ...]) -> str:
    words = [f"entry {one + 1}" if isinstance(one, int) else one.replace("_", " ") for one in location]
    return ", ".join(words) or "the whole"


def _sentence(message: str) -> str:
    text = re.sub(r"a valid dictionary or instance of \w+", "an object with named fields", message[:300])
    text = text.removeprefix("Value error, ").replace("Extra inputs are not permitted", "there is no such field")
    return text[0].lower() + text[1:] + "."


@contextlib.contextmanager
def inside(where: str) -> Iterator[None]:
    """Put the file's name in front of an EngineError that its content raises below."""
    try:
        yield
    except EngineError as error:
        raise EngineError(f"{where}: {error.what}", error.expected, error.fix) from error
