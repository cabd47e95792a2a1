"""`python -m bench.tasks NAME '{"argument": …}'`"""

from __future__ import annotations

import importlib
import json
import sys


def main() -> None:
    name, arguments = sys.argv[1], json.loads(sys.argv[2])
    module, _, function = name.partition(".")
    told = getattr(importlib.import_module(f"bench.tasks.{module}"), function)(**arguments)
    sys.stdout.write(json.dumps(told))


main()
