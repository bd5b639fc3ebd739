"""Making what is due, delivering it once, and clearing up after workers that were ended."""
