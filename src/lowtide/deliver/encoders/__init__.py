"""Samples and a label in, a recording's file out: one file per format."""
