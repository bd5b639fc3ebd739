"""Short practices that belong to an hour or to a need: looked at, and begun with one tap."""
