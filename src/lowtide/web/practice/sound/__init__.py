"""An order in, a recording out that can be read anywhere before it is rendered; rendering is shared fairly."""
