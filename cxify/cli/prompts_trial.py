"""Fill every prompt once: a name that the data does not have is found only when a template is filled in."""

from collections.abc import Collection, Iterator
from pathlib import Path

from cxify import framework, kinds, profile, prompts, word
from cxify.cli.prompts_render import SENTENCE
from cxify.document import Document
from cxify.errors import PromptInvalid
from cxify.framework import Framework
from cxify.kinds import Kind
from cxify.llm.rehearsal import Rehearsal
from cxify.prompts import Fault, Prompt
from cxify.word.new import NewParagraph, new
from cxify.writers import Task
from cxify.writers.llm import LLMWriter

_SENTENCE = {"role": "Records clerk", "served": "residents", "passage": '"Keep records."', "approved": '"Say when."'}
_LINES = (
    NewParagraph("Job description: Records clerk", "title"),
    NewParagraph("Purpose of the role", "heading"),
    NewParagraph("To keep the records of the council and to help residents and colleagues to find what they need."),
    NewParagraph("Main duties", "heading"),
    NewParagraph("Answer questions from residents and colleagues by telephone and e-mail.", "bullet"),
    NewParagraph("Pass open requests to the department that holds the record.", "bullet"),
)


def faults(root: Path | None, broken: Collection[Path]) -> Iterator[Fault]:
    """Yield what goes wrong when the prompts that are not `broken` are filled for a small document."""
    known, loaded = kinds.load(), framework.load(None)
    document = word.read(new(_LINES, title="Records clerk", language="en-GB"))
    for path in prompts.paths(root):
        name = path.parent.name
        if path in broken or (name not in known and name != SENTENCE):
            continue
        prompt = prompts.find(name, path.stem, root)
        try:
            if name == SENTENCE:
                prompt.render(**_SENTENCE)
            else:
                _fill(prompt, kinds.classify(document, known, kind=name), known[name], loaded, root)
        except PromptInvalid as error:
            yield Fault.of(error, path)


def _fill(prompt: Prompt, document: Document, kind: Kind, loaded: Framework, root: Path | None) -> None:
    task = Task(document, kind, profile.of(document, kind, loaded), loaded, "standard")
    LLMWriter(Rehearsal(), root, "structured", versions={prompt.name: prompt.version}).requests(task)
