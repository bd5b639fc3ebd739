"""How it goes: pain and practice over weeks, in words, in charts, and on two pages for a clinician."""
