"""Plan and script in, session out; session and spoken lengths in, timeline out."""
