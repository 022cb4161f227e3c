"""Everything that can stop the work on one document, as one tree.

    CxifyError
    ├── InputError 10      NotWordDocument · EncryptedDocument · UnsafePackage · DocumentTooLarge · BadEdits ·
    │                      NotFound
    ├── SetupError 11      SettingsInvalid · FrameworkInvalid · PromptInvalid · StoreUnavailable
    ├── ModelError 12      ModelUnavailable · ModelRefused · ProposalInvalid · CostLimit · AnswerAwaited
    └── RedlineError 13    EditNotApplicable · UnfaithfulRedline

A CxifyError stops its document and never the batch. What merely deserves attention is a `document.Finding`.
"""

from typing import ClassVar


class CxifyError(Exception):
    """Say what happened and what to do next, in the words of the person who reads it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message, remedy)  # both, so that an error can cross to another process
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}"


class InputError(CxifyError):
    """The file, folder or argument that was given cannot be used."""

    exit_code = 10


class NotWordDocument(InputError):
    """The file is not a Word document that cxify can open."""


class EncryptedDocument(InputError):
    """The file is protected by a password or by rights management."""


class UnsafePackage(InputError):
    """The file holds something that an HR document has no reason to hold."""


class DocumentTooLarge(InputError):
    """The file is beyond the limits that keep cxify and its host safe."""


class BadEdits(InputError):
    """The EDITS.json that was given is not what its schema asks for."""


class NotFound(InputError):
    """There is nothing of this name or number, or not for the one who asks."""


class SetupError(CxifyError):
    """Something the organisation configured needs mending before any document can be done."""

    exit_code = 11


class SettingsInvalid(SetupError):
    """An option, environment variable or cxify.toml entry is unusable."""


class FrameworkInvalid(SetupError):
    """The framework, a document kind or a rules file breaks its schema."""


class PromptInvalid(SetupError):
    """A prompt file breaks its schema, its template or its pin."""


class StoreUnavailable(SetupError):
    """The database cannot be reached, or holds something else than this cxify expects."""


class ModelError(CxifyError):
    """The language model gave nothing that can be used.

    `spent` are the tokens (input, output, cached) that were paid all the same.
    """

    exit_code = 12
    spent: tuple[int, int, int] = (0, 0, 0)


class ModelUnavailable(ModelError):
    """The endpoint is down, slow, misconfigured or refuses the key."""


class ModelRefused(ModelError):
    """The model declined to answer, or a content filter stopped it."""


class ProposalInvalid(ModelError):
    """The model's answers broke the schema more often than cxify asks again."""


class AnswerCutOff(ProposalInvalid):
    """The answer did not fit into the limit of its length, with twice the room neither."""


class ContextTooLong(ModelUnavailable):
    """The document does not fit into the model's context."""


class CostLimit(ModelError):
    """The next call would go beyond --max-cost."""


class AnswerAwaited(ModelError):
    """The model answers in a batch that has not ended: the document waits, and nothing is wrong with it."""


class RedlineError(CxifyError):
    """The document was understood, and the edit cannot be written faithfully."""

    exit_code = 13


class EditNotApplicable(RedlineError):
    """An edit does not fit its place; nothing of the document was changed."""


class UnfaithfulRedline(RedlineError):
    """The result did not pass the proof, so it was thrown away."""
