"""Install lens from this folder, without a network and without administrator rights.

    python install.py            check the files, install, and say how to start
    python install.py --check    only check the files
    python install.py --to DIR   install into DIR instead of the folder "lens" in your home

It needs Python 3.11, 3.12 or 3.13 and nothing else. It writes into one new folder; to remove lens, delete that folder.
"""

import argparse
import hashlib
import os
import subprocess
import sys
import venv

HERE = os.path.dirname(os.path.abspath(__file__))
OLDEST, NEWEST = (3, 11), (3, 13)
WINDOWS = os.name == "nt"


def main():
    """Check, install, and say how to go on; 0, or 1 with what to do."""
    parser = argparse.ArgumentParser(description="Install lens from this folder, without a network.")
    parser.add_argument("--check", action="store_true", help="only check the files against SHA256SUMS")
    parser.add_argument(
        "--to", default=os.path.join(os.path.expanduser("~"), "lens"), help="the folder to install into"
    )
    given = parser.parse_args()
    wrong = check()
    if wrong:
        return stop("These files are missing, changed or too many. Copy the folder again:\n  " + "\n  ".join(wrong))
    print("Checksums: every file is as SHA256SUMS says.")
    if given.check:
        return 0
    version = sys.version_info[:2]
    if not OLDEST <= version <= NEWEST:
        return stop("This is Python %d.%d. The files are for 3.11, 3.12 and 3.13: see INSTALL.txt." % version)
    return install(os.path.abspath(given.to))


def check():
    """Every file that is not as SHA256SUMS says, or is not named there."""
    expected = {}
    with open(os.path.join(HERE, "SHA256SUMS"), encoding="utf-8") as stream:
        for line in stream:
            known, _, name = line.rstrip("\n").partition("  ")
            expected[name] = known
    wrong = []
    for name, known in sorted(expected.items()):
        path = os.path.join(HERE, *name.split("/"))
        if not os.path.isfile(path):
            wrong.append(name + " is missing")
        elif digest(path) != known:
            wrong.append(name + " was changed")
    there = ["wheels/" + name for name in sorted(os.listdir(os.path.join(HERE, "wheels")))]
    return wrong + [name + " does not belong here" for name in there if name not in expected]


def digest(path):
    """The checksum of a file."""
    made = hashlib.sha256()
    with open(path, "rb") as stream:
        for piece in iter(lambda: stream.read(1 << 20), b""):
            made.update(piece)
    return made.hexdigest()


def install(target):
    """Make an environment of its own and install into it, with the pip that lies here."""
    if os.path.exists(target) and (not os.path.isdir(target) or os.listdir(target)):
        if not os.path.isfile(os.path.join(target, "pyvenv.cfg")):
            return stop("%s is there already and is not an install of lens. Name another folder with --to." % target)
        print("Installing over what is in %s." % target)
    print("Installing into %s. This takes a minute." % target)
    # Without pip: some systems leave out what venv would need for it.
    venv.EnvBuilder(with_pip=False, symlinks=not WINDOWS).create(target)
    programs = os.path.join(target, "Scripts" if WINDOWS else "bin")
    python = os.path.join(programs, "python.exe" if WINDOWS else "python")
    (pip,) = [one for one in os.listdir(os.path.join(HERE, "wheels")) if one.startswith("pip-")]
    wheels = os.path.join(HERE, "wheels")
    done = run(
        python,
        os.path.join(wheels, pip, "pip"),
        "--isolated",
        "--disable-pip-version-check",
        "install",
        "--quiet",
        "--no-index",
        "--force-reinstall",
        "--only-binary=:all:",
        "--require-hashes",
        "--find-links=" + wheels,
        "--requirement=" + os.path.join(HERE, "requirements.txt"),
    )
    if done:
        return stop("Could not be installed; see above. Are the files for this system? INSTALL.txt has the list.")
    lens = os.path.join(programs, "lens.exe" if WINDOWS else "lens")
    if run(lens, "--version"):
        return stop("Installed, and lens does not start; see above.")
    print("\nDone. Start it with:\n  %s demo" % (lens if " " not in lens else '"%s"' % lens))
    if WINDOWS:
        print("To write only lens, in this window:\n  set PATH=%s;%%PATH%%" % programs)
    else:
        print("To write only lens, in this terminal:\n  export PATH=%s:$PATH" % programs)
    return 0


def run(*command):
    """Run a program with none of the settings that point Python or pip elsewhere; its exit code."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith(("PIP_", "PYTHON"))}
    return subprocess.call(command, env=dict(kept, PYTHONUTF8="1"))


def stop(why):
    """Say why it does not go on; the exit code."""
    sys.stderr.write(why + "\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
