"""Everything of a person, gone."""

from lowtide.web.takeout.deletion.deleting import delete_everything, is_account

__all__ = ["delete_everything", "is_account"]
