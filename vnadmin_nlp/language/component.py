"""The component `vnadmin_nlp`: the analysis of `parse` in any spaCy pipeline."""

# spaCy reads the annotations of the factory when it checks a config: they are no strings here.
import json
import shutil
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from spacy.language import Language
from spacy.pipeline.pipe import Pipe
from spacy.tokens import Doc

from vnadmin_nlp.export.spacy_doc import Settings, annotate, register
from vnadmin_nlp.export.spacy_findings import GROUPS, LABELS
from vnadmin_nlp.language import COMPONENT
from vnadmin_nlp.options import Options
from vnadmin_nlp.parse import parse
from vnadmin_nlp.taggers import store

_MODELS = "models"


@Language.factory(
    COMPONENT,
    assigns=["doc.spans", "doc._.vnadmin", "doc._.vnadmin_unaligned"],
    default_config={
        **Options().model_dump(mode="json"),
        "groups": {name: name for name in GROUPS},
        "ents": False,
        "misfits": "list",
    },
)
def create(
    nlp: Language,
    name: str,
    models: str | list[str],
    min_score: float,
    names: str,
    groups: dict[str, str | None],
    ents: bool,
    misfits: str,
) -> "Vnadmin":
    """The component as a config describes it: the options of `parse` (`models`, `min_score`, `names`), and Settings."""
    try:
        options = Options.model_validate({"models": _paths(models), "min_score": min_score, "names": names})
        settings = Settings.model_validate({"groups": groups, "ents": ents, "misfits": misfits})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"])) or "groups"
        raise ValueError(f"[components.{name}] {key} = {first['input']!r}: {first['msg']}") from error
    return Vnadmin(name, options, settings)


class Vnadmin(Pipe):
    """Analyses the text of a Doc and puts the result on it (see `export.spacy_doc`).

    Trained models that the options name by their folders are read with the first Doc, go into the folder of the
    pipeline with `nlp.to_disk`, and are taken from there when it is loaded again.
    """

    def __init__(self, name: str, options: Options, settings: Settings) -> None:
        self.name = name
        self.options = options
        self.settings = settings
        register()

    def __call__(self, doc: Doc) -> Doc:
        return annotate(doc, parse(doc.text, options=self.options), self.settings)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that spans may have, group by group."""
        return tuple(dict.fromkeys(label for name in GROUPS for label in LABELS[name]))

    def to_disk(self, path: str | Path, **_: Any) -> None:
        """Copies the models that are named by their folders to `path/models/<task>`."""
        folder = Path(path) / _MODELS
        models = {store.read_card(model).task: model for model in _folders(self.options)}
        for old in folder.glob("*"):
            if old.name not in models:
                shutil.rmtree(old)
        for task, model in models.items():
            if model.resolve() != (folder / task).resolve():
                shutil.copytree(model, folder / task, dirs_exist_ok=True)

    def from_disk(self, path: str | Path, **_: Any) -> "Vnadmin":
        """Takes the models from `path/models`, if any are there. Raises ModelError where a model is not readable."""
        kept = tuple(sorted(Path(path).glob(f"{_MODELS}/*/{store.CONFIG}")))
        if kept:
            self.options = self.options.model_copy(update={"models": tuple(config.parent for config in kept)})
        store.check(self.options)
        return self

    def to_bytes(self, **_: Any) -> bytes:
        """Options and settings. Models stay in the folders that the options name."""
        options = self.options.model_dump(mode="json", include=set(Options.model_fields))
        return json.dumps({"options": options, "settings": self.settings.model_dump(mode="json")}).encode()

    def from_bytes(self, data: bytes, **_: Any) -> "Vnadmin":
        """Takes options and settings from `data`. Raises ModelError where a model that they name is not readable."""
        said = json.loads(data)
        options = said["options"]
        self.options = Options.model_validate({**options, "models": _paths(options["models"])})
        self.settings = Settings.model_validate(said["settings"])
        store.check(self.options)
        return self


def _paths(models: str | list[str]) -> object:
    if isinstance(models, str):
        return models if models in ("auto", "off") else Path(models)
    return tuple(map(Path, models))


def _folders(options: Options) -> tuple[Path, ...]:
    if isinstance(options.models, str):
        return ()
    return options.models if isinstance(options.models, tuple) else (options.models,)
