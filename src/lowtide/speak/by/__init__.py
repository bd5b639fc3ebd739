"""The voice engines, one file each. `lowtide.speak.engine` says how to add one."""
