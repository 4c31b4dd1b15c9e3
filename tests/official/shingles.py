"""Runs of words as digests: what official texts say can be recognized here without standing here.

    python tests/official/shingles.py TEXT.txt ...     add the runs of words of texts to runs.txt

The texts themselves are not part of the project: whoever has them makes the digests.
"""

import re
import sys
from hashlib import sha256
from pathlib import Path

LENGTH = 7
"""Words in a run. Shorter runs are common to all who write of the subject; from seven on, it is a borrowed phrase."""

FILE = Path(__file__).with_name("runs.txt")


def words(text):
    """The words of a text, small, without punctuation; British spellings as American ones."""
    text = text.lower().replace("isation", "ization").replace("neighbour", "neighbor").replace("behaviour", "behavior")
    return re.findall(r"[a-z]+(?:'[a-z]+)?", text)


def runs(text):
    """Every run of words of a text, by its digest."""
    found = words(text)
    made = (" ".join(found[start : start + LENGTH]) for start in range(len(found) - LENGTH + 1))
    return {sha256(run.encode()).hexdigest()[:12]: run for run in made}


def known():
    """The digests of official texts."""
    lines = FILE.read_text("utf-8").splitlines()
    return {line for line in lines if line and not line.startswith("#")}


def main(paths):
    """Add the runs of some texts, a sentence a line."""
    heads = [line for line in FILE.read_text("utf-8").splitlines() if line.startswith("#")] if FILE.exists() else []
    found = known() if FILE.exists() else set()
    for path in map(Path, paths):
        sentences = path.read_text("utf-8").splitlines()
        found.update(*(runs(sentence) for sentence in sentences))
        heads.append(f"# {path.stem}: {len([one for one in sentences if one.strip()])} passages")
    FILE.write_text("\n".join([*dict.fromkeys(heads), *sorted(found)]) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
