"""What README's performance table is made with: `make bench`. Every figure is a ratio to something run beside it."""
