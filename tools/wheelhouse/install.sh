#!/bin/sh
# Install lens from this folder. Needs Python 3.11, 3.12 or 3.13; no administrator rights.
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
for name in python3.13 python3.12 python3.11 python3 python; do
  if "$name" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
    exec "$name" "$here/install.py" "$@"
  fi
done
echo 'No Python 3.11, 3.12 or 3.13 was found. See INSTALL.txt, "Python first".' >&2
exit 1
