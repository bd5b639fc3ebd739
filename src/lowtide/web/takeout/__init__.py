"""Export, import and delete."""
