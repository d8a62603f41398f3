"""Entry point: serves the page, asks on the command line, builds the index.

    python app.py                      serve the page
    python app.py ask "…" [--json]     answer one question
    python app.py ask --batch FILE     answer a file, a question a line
    python app.py build                build the index again, or one of another treaty
    python app.py fetch                bring the official text to this machine
    python app.py status               show who has signed, and when it enters into force
    python app.py evaluate             measure the answers on labelled questions
    python app.py obligations          the register of obligations, filtered, counted, exported
    python app.py gap FILE             read a bill for what the Convention asks
    python app.py mcp                  let an agent on this machine ask, over standard streams
    python app.py keys create NAME     make a key for a program or a widget; list, revoke
    python app.py feedback gaps        unanswered questions, grouped; export: all that is kept
    python app.py off ["…"]            stop answering while it runs, with a text; on: answer again
    python app.py settings             show the settings in force

Exit status: 0 done, 2 wrong use, 1 failed; both with one sentence on stderr.
"""

from __future__ import annotations

import sys

from assistant.commands import main

__all__ = ["main"]

if __name__ == "__main__":
    sys.exit(main())
