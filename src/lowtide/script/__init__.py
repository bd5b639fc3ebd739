"""The script language: text in, a frozen tree and diagnostics out; a tree in, text out."""
