"""The stages of reading: lines to a head and blocks, text to inline nodes, brackets to marks. Called by `reader`."""
