"""What has to be shown before a release, as an organisation decides it: evals/gate.yaml."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from cxify import yamlfile
from cxify.errors import SettingsInvalid
from cxify.evaluation import reading
from cxify.evaluation.metrics import BY_ID, Metric, metric

FILE = Path("evals/gate.yaml")


class Strict(BaseModel):
    """Frozen; an unknown key is an error and never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)


class Override(Strict):
    """What differs from the built-in metric."""

    margin: float | None = Field(default=None, ge=0)
    gated: bool | None = None


class GateSettings(Strict):
    """The level of proof, and how much loss does not matter."""

    alpha: float = Field(default=0.05, gt=0, le=0.2)
    """How often an equal version may be called better or worse by chance, over all gated metrics together."""
    power: float = Field(default=0.8, ge=0.5, lt=1)
    """How often a change of the smallest visible size is to be seen."""
    minimum_families: int = Field(default=6, ge=2)
    """With fewer families nothing is shown: six are the fewest in which chance alone is less likely than 1 in 20."""
    judge_agreement: float = Field(default=0.6, ge=0, le=1)
    """Kappa between judge and human labels from which on a judge's scores may gate."""
    metrics: Mapping[str, Override] = Field(default={})
    """Metrics whose margin is another, or that are gated or not, unlike built in."""
    may_stay_open: tuple[str, ...] = ()
    """Gated metrics that stop a release for a proven loss only, and not because too few cases say nothing."""

    def metric(self, id: str) -> Metric:
        """Return the metric as this organisation gates it; a cost is never gated."""
        built_in, own = metric(id), self.metrics.get(id, Override())
        if built_in.cost:
            return built_in
        return replace(
            built_in,
            margin=built_in.margin if own.margin is None else own.margin,
            gated=built_in.gated if own.gated is None else own.gated,
        )


def load(path: Path | None) -> GateSettings:
    """Read the settings; without a path evals/gate.yaml here, or what is built in. Raises SettingsInvalid."""
    if path is None and not FILE.exists():
        return GateSettings()
    path = path or FILE
    settings = reading.read(path, GateSettings, "docs/evals-statistics.md says what each entry means.")
    marked = yamlfile.read(path)
    for key, said in _unusable(settings):
        where = f"{path}, line {marked.line(key)}: {yamlfile.dotted(key)}"
        raise SettingsInvalid(f"{where}: {said}", "Take it out, or name one of cxify/evaluation/metrics.py.")
    return settings


def _unusable(settings: GateSettings) -> Iterator[tuple[yamlfile.Key, str]]:
    """Yield what names no metric that can gate. One of an organisation's own evaluators says that it is gated."""
    for id, own in settings.metrics.items():
        if id in BY_ID and BY_ID[id].cost:
            yield ("metrics", id), "costs are reported and never gated."
        if id not in BY_ID and own.gated is None:
            yield ("metrics", id), f"there is no metric {id}; for one of yours, write gated: true or false."
    for number, id in enumerate(settings.may_stay_open):
        if not settings.metric(id).gated:
            yield ("may_stay_open", number), f"there is no gated metric {id}."
