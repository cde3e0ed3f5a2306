"""The entrance of script/server, script/test, script/manage, script/bench and script/database."""

import importlib
import sys

from runner.console import RefusalError, refuse

COMMANDS = ("server", "test", "manage", "bench", "database")


def main() -> int:
    """Run the command named first on the command line; its exit status. A refusal is one sentence and 1."""
    if len(sys.argv) < 2 or sys.argv[1] not in COMMANDS:
        return refuse("script", f"give one of {', '.join(COMMANDS)}.")
    name = sys.argv[1]
    command = importlib.import_module(f"runner.commands.{name}")
    try:
        return int(command.run(sys.argv[2:]))
    except RefusalError as refusal:
        return refuse(f"script/{name}", str(refusal))
    except KeyboardInterrupt:
        print(flush=True)
        return 130


sys.exit(main())
