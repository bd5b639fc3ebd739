"""Clearance, profile and wish in, today's plan out."""
