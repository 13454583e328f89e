"""What each command does. Modules here stay light: what is heavy is imported within a command."""
