"""One module per command, `<name>_command`, each with its click command as `command`."""
