"""What plugins can give, how they are found, and what happens when one is broken."""

from lens.hooks.specs import EvidenceNote as EvidenceNote
from lens.hooks.specs import EvidenceSource as EvidenceSource
from lens.hooks.specs import Reader as Reader
from lens.hooks.specs import ReadProgram as ReadProgram
from lens.hooks.specs import Renderer as Renderer
from lens.hooks.specs import ReportInput as ReportInput
from lens.hooks.specs import hookimpl as hookimpl
