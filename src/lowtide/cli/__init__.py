"""The command line: words in, one call of the pipeline, words out."""
