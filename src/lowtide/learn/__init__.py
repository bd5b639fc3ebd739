"""Check-ins in, a belief about what helps whom out, with how sure it is. Pure: no files, no clock, no dice."""
