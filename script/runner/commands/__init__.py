"""One module per command in script/; each offers `run(arguments) -> exit status`."""
