"""A label and packets in, what stands around them in a file out: tags, pages, boxes, checksums."""
